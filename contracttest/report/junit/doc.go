// Package junit writes a report as JUnit XML, which CI systems read: a suite for each scenario, a case for each step.
//
// It promises that
//   - the file is well-formed XML in UTF-8 whatever texts the report holds; characters that XML cannot hold are replaced;
//   - the numbers of each suite and of the whole agree with the cases in them;
//   - a run that is no pass has a case that is none: what no step shows (an interrupt, a scenario that could not begin) gets
//     a case of its own.
//
// There is no one schema. Elements and attributes are those that Jenkins, GitLab and GitHub's readers know; times are in
// seconds. A failed step has what was found as its text, and the last request and answer as its output, cut.
//
// It leaves to others: secrets, which the report does not hold.
package junit
