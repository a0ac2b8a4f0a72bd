package fault

import (
	"net/http"
	"slices"
	"strings"
)

// bodyKinds spoil the answer of an operation that has run.
var bodyKinds = []Kind{
	{
		Name: "truncate", Family: Body, Phases: []Phase{After},
		Summary: "The body is shorter than its Content-Length: a part of it is kept, or its last bytes are missing.",
		Example: `{"id": "half", "kind": "truncate", "match": {"operation": "listUsers"}, "with": {"keep": 0.5}}`,
		With:    func() Params { return &Truncate{} },
	},
	{
		Name: "malformed_body", Family: Body, Phases: []Phase{After},
		Summary: "The body cannot be read: JSON that ends too early, a charset other than announced, gzip that is none, or garbage.",
		Example: `{"id": "broken", "kind": "malformed_body", "match": {"operation": "getMe"}, "with": {"mode": "broken_json"}}`,
		With:    func() Params { return &Malformed{Mode: BrokenJSON} },
	},
	{
		Name: "wrong_content_type", Family: Body, Phases: []Phase{Before, After},
		Summary: "The HTML error page of a proxy, with 502 or even 200, in place of the answer.",
		Example: `{"id": "proxy", "kind": "wrong_content_type", "match": {"tag": "tenants"}, "with": {"status": 502}}`,
		With:    func() Params { return &ErrorPage{Status: http.StatusBadGateway} },
	},
	{
		Name: "schema_drift", Family: Body, Phases: []Phase{After},
		Summary: "The answer is not quite what the document says: a new enum value or member, a missing optional member, null, or a number as text.",
		Example: `{"id": "drift", "kind": "schema_drift", "match": {"operation": "getTenant"}, "with": {"mode": "unknown_enum"}}`,
		With:    func() Params { return &Drift{Mode: UnknownEnum} },
	},
	{
		Name: "duplicate_header", Family: Body, Phases: []Phase{After},
		Summary: "A header comes more than once, with the same value or with another.",
		Example: `{"id": "twice", "kind": "duplicate_header", "with": {"name": "Content-Type", "value": "text/plain"}}`,
		With:    func() Params { return &Duplicate{Name: "Content-Type", Times: 2} },
	},
	{
		Name: "oversize", Family: Body, Phases: []Phase{After},
		Summary: "A header or a body of up to 16 MiB. The body is padded with blanks, so that JSON stays JSON.",
		Example: `{"id": "huge", "kind": "oversize", "match": {"operation": "getMe"}, "with": {"body_bytes": 10000000}}`,
		With:    func() Params { return &Oversize{} },
	},
}

// Truncate is the parameters of truncate; half of the body is kept when both are left out.
type Truncate struct {
	Keep    *float64 `json:"keep,omitempty"`    // share of the body that is sent, 0 to less than 1
	Missing int      `json:"missing,omitempty"` // bytes at the end that are not sent
}

// Check is part of Params.
func (p *Truncate) Check() []Problem {
	var found problems
	found.add(p.Keep != nil && p.Missing != 0, "", "needs either keep or missing")
	found.add(p.Keep != nil && !(*p.Keep >= 0 && *p.Keep < 1), "/keep", "must be 0 or more and less than 1")
	found.add(p.Missing < 0, "/missing", "must not be negative")
	return found
}

// Modes of malformed_body.
const (
	BrokenJSON   = "broken_json"   // the last byte is missing, Content-Length agrees
	WrongCharset = "wrong_charset" // UTF-16 under a header that says UTF-8
	BadGzip      = "bad_gzip"      // Content-Encoding: gzip, and a plain body
	Garbage      = "garbage"       // bytes of the same number
)

// Malformed is the parameters of malformed_body.
type Malformed struct {
	Mode string `json:"mode"`
}

// Check is part of Params.
func (p *Malformed) Check() []Problem {
	var found problems
	found.oneOf("/mode", p.Mode, BrokenJSON, WrongCharset, BadGzip, Garbage)
	return found
}

// ErrorPage is the parameters of wrong_content_type.
type ErrorPage struct {
	Status int `json:"status"` // 200 or 502
}

// Check is part of Params.
func (p *ErrorPage) Check() []Problem {
	var found problems
	found.add(p.Status != http.StatusOK && p.Status != http.StatusBadGateway, "/status", "must be 200 or 502")
	return found
}

// Modes of schema_drift.
const (
	UnknownEnum     = "unknown_enum"
	NewMember       = "new_member"
	MissingOptional = "missing_optional"
	Null            = "null" // where the document does not allow it
	NumberAsString  = "number_as_string"
)

// Drift is the parameters of schema_drift.
type Drift struct {
	Mode   string `json:"mode"`
	Member string `json:"member,omitempty"` // the member that drifts, wherever it is; chance picks one when left out
}

// Check is part of Params.
func (p *Drift) Check() []Problem {
	var found problems
	found.oneOf("/mode", p.Mode, UnknownEnum, NewMember, MissingOptional, Null, NumberAsString)
	return found
}

// Duplicate is the parameters of duplicate_header.
type Duplicate struct {
	Name  string  `json:"name"`            // Content-Type when left out
	Value *string `json:"value,omitempty"` // of the further ones; left out: the same as that of the first
	Times int     `json:"times"`           // how often the header comes; 2 when left out
}

// Check is part of Params.
func (p *Duplicate) Check() []Problem {
	var found problems
	framing := []string{"Content-Length", "Transfer-Encoding", "Connection"}
	found.add(!isToken(p.Name), "/name", "must be the name of a header")
	found.add(slices.Contains(framing, http.CanonicalHeaderKey(p.Name)), "/name",
		"is about the connection; use the kinds connection_reset, limit_data or truncate")
	found.add(p.Times < 2 || p.Times > 1000, "/times", "must be 2 to 1000")
	found.add(p.Value != nil && !isFieldValue(*p.Value), "/value", "must be printable ASCII")
	return found
}

// maxOversize bounds what one answer is blown up to.
const maxOversize = 16 << 20

// Oversize is the parameters of oversize.
type Oversize struct {
	HeaderBytes int `json:"header_bytes,omitempty"`
	BodyBytes   int `json:"body_bytes,omitempty"`
}

// Check is part of Params.
func (p *Oversize) Check() []Problem {
	var found problems
	found.add(p.HeaderBytes == 0 && p.BodyBytes == 0, "", "needs header_bytes, body_bytes, or both")
	found.add(p.HeaderBytes < 0 || p.HeaderBytes > maxOversize, "/header_bytes", "must be at most 16777216 (16 MiB)")
	found.add(p.BodyBytes < 0 || p.BodyBytes > maxOversize, "/body_bytes", "must be at most 16777216 (16 MiB)")
	return found
}

// isToken tells whether a text is a token of RFC 9110, 5.6.2.
func isToken(text string) bool {
	return text != "" && strings.Trim(text, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func isFieldValue(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}
