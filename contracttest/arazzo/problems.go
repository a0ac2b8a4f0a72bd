package arazzo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxProblems bounds how many problems of one file are reported at once.
const maxProblems = 50

// A Problem is one thing that is wrong with a file.
type Problem struct {
	Pos
	Message string // what is wrong, and what would be right
}

// An Error is everything that is wrong with a file, in the order of its lines, at most 50 problems.
type Error struct {
	File     string
	Problems []Problem
	More     int // further problems that are not listed
}

// Error has one line for each problem: file:line:column: message.
func (e *Error) Error() string {
	lines := make([]string, 0, len(e.Problems)+1)
	for _, p := range e.Problems {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", e.File, p.Line, p.Column, p.Message))
	}
	if e.More > 0 {
		lines = append(lines, fmt.Sprintf("%s: %d more problems", e.File, e.More))
	}
	return strings.Join(lines, "\n")
}

// problems collects what is wrong, each thing once: what is reused in a file is read several times.
type problems struct{ found []Problem }

func (p *problems) add(at Pos, format string, args ...any) {
	at.Line, at.Column = max(at.Line, 1), max(at.Column, 1)
	problem := Problem{Pos: at, Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(p.found, problem) {
		p.found = append(p.found, problem)
	}
}

// err is nil when nothing is wrong.
func (p *problems) err(file string) error {
	if len(p.found) == 0 {
		return nil
	}
	slices.SortStableFunc(p.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	listed := p.found[:min(len(p.found), maxProblems)]
	return &Error{File: file, Problems: listed, More: len(p.found) - len(listed)}
}
