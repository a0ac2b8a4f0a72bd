// Package show makes values of a report fit to be shown to people: lengths of time, shares, and texts from a target that
// nobody vouches for.
//
// It promises that no text leaves it with a control character that could move a cursor, change a colour, or turn the
// direction of what stands around it; such characters are written as escapes, so that a reader sees them.
//
// It leaves to others: the escaping that a format asks for (XML, HTML), and which values are shown.
package show
