package reference

import "fmt"

// A Change is one thing, or one fact about a thing, that differs between two
// references.
type Change struct {
	Operation string // method and path, or "" for what is said once for all
	What      string // "body field", "query parameter", "status", "scope", …
	Name      string // which of these, or "" where there is but one
	Fact      string // "pattern", "max length", …, or "" for the thing itself
	Old, New  string // "" where the thing or the fact is not there
}

// String returns the change as one sentence, such as
//
//	PUT /users/{user_id}: body field "login": max length added: 64
func (c Change) String() string {
	s := c.What
	if c.Operation != "" {
		s = c.Operation + ": " + s
	}
	if c.Name != "" {
		s += fmt.Sprintf(" %q", c.Name)
	}
	if c.Fact != "" {
		s += ": " + c.Fact
	}
	switch {
	case c.Old == "":
		return s + " added" + detail(c.New)
	case c.New == "":
		return s + " removed" + detail(c.Old)
	}
	return s + " changed: " + c.Old + " -> " + c.New
}

// present is the value of a thing of which no more is known than that it is there.
const present = "present"

// detail leaves out a value that says no more than the sentence does.
func detail(value string) string {
	if value == present {
		return ""
	}
	return ": " + value
}
