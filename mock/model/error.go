package model

import "fmt"

// Kind says what a refusal means to the caller. The op package alone knows which HTTP status each becomes.
type Kind int

// The kinds of refusal.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	NotAllowed
	NotAcceptable
	Conflict
	TooLarge
	UnsupportedMedia
	UpgradeRequired
	NotImplemented
	Unavailable
)

// Platform codes that a refusal may carry (wire facts, core 2.4). Zero means that the
// HTTP status itself is the code.
const (
	CodeInternal          = 1000
	CodeVersionMismatch   = 1001
	CodeAccessDenied      = 1002
	CodeParentDisabled    = 1003
	CodeNameConflict      = 1004
	CodeTenantNotFound    = 1005
	CodeTenantEnabled     = 1006
	CodeMoveUnderChild    = 1007
	CodeMoveInCustomer    = 1008
	CodeStorageInUse      = 1009
	CodeTenantLocked      = 1012
	CodeMoveUnderDisabled = 1013
	CodeMoveUnavailable   = 1014
	CodeInfraConflict     = 1015
	CodeStorageWithChild  = 1016
	CodeDefaultStorage    = 1017
	CodeUserDisabled      = 1018
	CodeItemUnavailable   = 1021
	CodeQuotaExceeded     = 1022
	CodeItemDependency    = 1023
	CodeSMTPSettings      = 1025
	CodeCannotEnable      = 1026
	CodeBusinessRule      = 1027
	CodeLocationConflict  = 1031
	CodeInvalidLogin      = 1033
)

// Error is a refusal by a rule. Reason is stable and machine-readable (for OAuth endpoints it is
// the RFC's error code); Message is for people.
type Error struct {
	Kind     Kind
	Reason   string
	Platform int
	Message  string
	Info     string            // longer text for details.info; Message when empty, see Blank
	NoInfo   bool              // details.info is null
	Context  map[string]any    // error.context
	Addition []map[string]any  // details.addition
	Header   map[string]string // extra response headers
	Why      string            // the true reason, where the answer does not tell it; for the journal alone
}

// Blank as an Info makes details.info an empty text.
const Blank = "\x00"

func (e *Error) Error() string {
	if e.Info != "" && e.Info != Blank {
		return e.Info
	}
	return e.Message
}

// Errorf makes a refusal without a platform code.
func Errorf(k Kind, reason, format string, args ...any) error {
	return &Error{Kind: k, Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// Refuse makes a refusal with a platform code.
func Refuse(k Kind, code int, reason, format string, args ...any) error {
	return &Error{Kind: k, Platform: code, Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// Missing says that an object does not exist for the caller.
func Missing(what string, id any) error {
	return &Error{Kind: NotFound, Reason: "not_found", Message: "Not found", Info: fmt.Sprintf("%s %q does not exist", what, id)}
}

// Stale says that the version the caller sent is not the current one.
func Stale(what string, sent, current int64) error {
	return &Error{
		Kind: Conflict, Platform: CodeVersionMismatch, Reason: "version_mismatch",
		Message: "Version mismatch.",
		Info:    fmt.Sprintf("%s is at version %d, the request was made for version %d", what, current, sent),
	}
}

// CheckVersion refuses a sent version that is not the current one.
func CheckVersion(what string, sent, current int64) error {
	if sent == current {
		return nil
	}
	return Stale(what, sent, current)
}
