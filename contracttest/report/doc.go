// Package report is what became of a run, as plain data: scenarios, their steps with request and answer, what was found,
// and which statuses of which operations were met. It encodes as JSON; other packages write it in other forms.
//
// It promises that a Masker leaves no secret in a report that it could know: credentials in headers, in URLs, in bodies of
// JSON and forms by the names of their members, and every value that was found to be one wherever it occurs again.
//
// It leaves to others: finding anything out, and showing it.
package report
