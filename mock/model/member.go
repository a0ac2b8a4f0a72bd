package model

import "fmt"

// BadMember refuses a member of the body, named by its JSON pointer, in the form in which the document's own
// checks refuse: reason completes the sentence that begins with the member, as in "is required".
func BadMember(pointer, reason string, args ...any) error {
	return misfit("body", pointer, reason, args)
}

// BadQuery refuses a query parameter in the same form.
func BadQuery(name, reason string, args ...any) error { return misfit("query", name, reason, args) }

func misfit(in, pointer, reason string, args []any) error {
	reason = fmt.Sprintf(reason, args...)
	return &Error{
		Kind: Invalid, Reason: "invalid_request", Message: "Bad Request", Info: in + " " + pointer + " " + reason,
		Addition: []map[string]any{{"in": in, "pointer": pointer, "reason": reason}},
	}
}
