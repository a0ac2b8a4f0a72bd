// Package sample is a report as a real run makes one, for the tests of the packages that write reports: every verdict,
// every kind of finding, long and binary bodies, and hostile texts wherever a target, a file or a user decides the text.
//
// It promises that each call makes the same report anew, so that tests may change theirs.
//
// It leaves to others: which of it a form shows.
package sample
