// Package jsonreport writes a report as JSON for programs.
//
// It promises that the first member is format, whose value changes when a member changes its meaning or goes away, and
// stays when one is added; that lists are lists and objects are objects also where they are empty; and that lengths of time
// are in nanoseconds, as the names of their members say.
//
// It leaves to others: secrets, which the report does not hold.
package jsonreport
