package reference

// A Reference is what the vendor's document states, in the vendor's order except
// for status codes, which ascend.
type Reference struct {
	Title      string      `json:"title"`
	BasePath   string      `json:"base_path"` // path of the base URL, without its host
	OAuth      OAuth       `json:"oauth"`
	Schemes    []Scheme    `json:"schemes"`
	Operations []Operation `json:"operations"`
}

// OAuth holds what is said once about the OAuth 2.0 method.
type OAuth struct {
	Grants           []string `json:"grants"`
	AuthorizationURI string   `json:"authorization_uri"`
	TokenURI         string   `json:"token_uri"`
	Scopes           []string `json:"scopes"`
}

// An Auth names a way to authorize a request.
type Auth string

// The ways to authorize; the comments hold the reference's names.
const (
	OAuth2 Auth = "oauth2" // OAuth 2.0
	Cookie Auth = "cookie" // x-api-key
	Basic  Auth = "basic"  // Basic Authentication
)

// A Scheme is what the reference says about one [Auth] for all operations: where
// the credential travels, and the statuses that refuse it.
type Scheme struct {
	Auth       Auth        `json:"auth"`
	Parameters []Parameter `json:"parameters,omitempty"`
	Statuses   []int       `json:"statuses,omitempty"`
}

// An Operation is one endpoint. Auth is empty when it needs no authorization; of
// Scopes, any one suffices.
type Operation struct {
	Method     string      `json:"method"`
	Path       string      `json:"path"` // below the base path
	Deprecated bool        `json:"deprecated,omitempty"`
	Disabled   bool        `json:"disabled,omitempty"`
	Auth       []Auth      `json:"auth,omitempty"`
	Scopes     []string    `json:"scopes,omitempty"`
	Parameters []Parameter `json:"parameters,omitempty"`
	Body       *Body       `json:"body,omitempty"`
	Statuses   []int       `json:"statuses"`
}

// Name returns method and path, such as "GET /users/{user_id}".
func (o Operation) Name() string { return o.Method + " " + o.Path }

// A Place says where a parameter travels.
type Place string

// The places of a parameter.
const (
	InPath   Place = "path"
	InHeader Place = "header"
	InQuery  Place = "query"
)

// A Parameter of an operation. Those in the path are derived from the path
// template: the reference does not list them.
type Parameter struct {
	Name     string `json:"name"`
	Place    Place  `json:"in"`
	Required bool   `json:"required,omitempty"`
	Facts
}

// A Body is a request body: its media type, and its fields in order. An endpoint
// may document a body without any field.
type Body struct {
	MediaType string  `json:"media_type"`
	Fields    []Field `json:"fields,omitempty"`
}

// A Field is a member of a request body.
type Field struct {
	Name     string `json:"name"`
	Required bool   `json:"required,omitempty"`
	Facts
}

// A Type is a type in the reference's words.
type Type string

// The types that the reference uses.
const (
	String   Type = "String"
	Integer  Type = "Integer"
	Boolean  Type = "Boolean"
	DateTime Type = "DateTime"
	Object   Type = "Object"
	Array    Type = "Array"
	Any      Type = "any"
)

// Facts restrict a value. Absent facts are nil. Allowed values and the default
// are text as written, and known to fit the type.
type Facts struct {
	Type      Type     `json:"type"`
	Items     *Facts   `json:"items,omitempty"` // of an Array, otherwise nil
	MinLength *int     `json:"min_length,omitempty"`
	MaxLength *int     `json:"max_length,omitempty"`
	Minimum   *int     `json:"minimum,omitempty"`
	Pattern   *string  `json:"pattern,omitempty"` // unanchored, as written
	Allowed   []string `json:"allowed,omitempty"`
	Default   *string  `json:"default,omitempty"`
}
