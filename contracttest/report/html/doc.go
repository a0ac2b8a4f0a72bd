// Package html writes a report as one page for a browser: a summary, what did not pass, each scenario with the requests and
// answers of its steps, and a grid of the operations with their documented statuses.
//
// It promises that
//   - the page is one file: it loads nothing, and its content security policy forbids it to;
//   - no text of the report becomes markup or script, whatever a target answered; the policy allows the page's own script
//     alone, by its hash;
//   - all of it can be read without the script, which only filters and opens, with a keyboard, in light and dark, and on a
//     narrow screen; no verdict is told by colour alone.
//
// It leaves to others: secrets, which the report does not hold, and the numbers of the coverage.
package html
