package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how much a finding matters.
type Severity int

// The severities, from harmless to grave.
const (
	Note      Severity = iota // allowed, but the document does not tell of it
	Deviation                 // not as documented, yet harmless: real clients send it
	Violation                 // breaks the document
)

// String returns the severity in lower case.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Deviation:
		return "deviation"
	case Violation:
		return "violation"
	}
	return fmt.Sprintf("severity %d", int(s))
}

// Places of findings. InStatus and a Content-Type in InHeader occur in responses too.
const (
	InStatus = "status"
	InQuery  = "query"
	InHeader = "header"
	InBody   = "body"
)

// A Finding is one difference between a message and the document.
type Finding struct {
	In       string // one of the places
	Pointer  string // JSON pointer into a body ("" is the whole), else the parameter's name
	Reason   string // completes the sentence that begins with the place: "is required"
	Severity Severity
	Status   int // the status that a request deserves for it, 400 or 415; 0 in responses
}

// String is the finding in one line: body /contact/email is required.
func (f Finding) String() string {
	return strings.Join(strings.Fields(f.In+" "+f.Pointer), " ") + " " + f.Reason
}

// maxFindings bounds the findings of one severity in one message.
const maxFindings = 20

// findings collects what is wrong with one message.
type findings struct {
	list   []Finding
	count  [Violation + 1]int
	strict bool // deviations are violations
}

func (l *findings) add(f Finding) {
	if l.strict && f.Severity == Deviation {
		f.Severity = Violation
	}
	if l.count[f.Severity] == maxFindings {
		return
	}
	l.count[f.Severity]++
	l.list = append(l.list, f)
}

func (l *findings) violated() bool { return l.count[Violation] > 0 }

// sorted orders the findings by place, then pointer. An undocumented media type comes
// first: it is the refusal that explains the others.
func (l *findings) sorted() []Finding {
	slices.SortStableFunc(l.list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(b.Status, a.Status),
			cmp.Compare(placeOrder(a.In), placeOrder(b.In)),
			cmp.Compare(a.Pointer, b.Pointer),
			cmp.Compare(a.Reason, b.Reason),
		)
	})
	return l.list
}

func placeOrder(place string) int {
	return slices.Index([]string{InStatus, InQuery, InHeader, InBody}, place)
}
