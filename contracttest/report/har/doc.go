// Package har writes the requests of a run as an HTTP archive, HAR 1.2, which browsers and HTTP tools open.
//
// It promises that
//   - scenarios are pages and steps with a request are entries, oldest first;
//   - an entry is the last request of its step and the last answer; a request without an answer has one of status 0, as
//     browsers write it;
//   - members that HAR does not know begin with an underscore: _step, _operation, _verdict, _attempts, _findings.
//
// What a report does not know has the value that HAR has for that: -1 for sizes, "unknown" for the version of HTTP. The
// whole length of an exchange stands under wait. Bodies that the report has cut say so in a comment.
//
// It leaves to others: secrets, which the report does not hold.
package har
