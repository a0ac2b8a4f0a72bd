package openapi

// An Operation is one method of one path of the document. Its fields are for
// reading only.
type Operation struct {
	ID     string // the operationId
	Method string // in upper case
	Path   string // as in the document, without a base: /users/{user_id}

	// Bases are the path prefixes that the operation is served under, one for each
	// server of its path: "/api/2", or "" for the root of the host.
	Bases []string

	Tags    []string
	Summary string
	Source  string // x-source of the success response: where its shape is known from

	// Undocumented is true for operations that clients call but the reference lacks.
	Undocumented bool

	Params []*Param // of path, query and header; credentials are not among them
	Body   *Body    // nil if the operation takes no request body

	Success  int   // the success status: the lowest 2xx, else the lowest 3xx
	NoBody   bool  // success answers have no body
	Statuses []int // the documented ones, ascending, without default

	Security Security

	query, header []*Param // those of Params that requests are checked for
	requestBody   *schema
	responses     map[string]*response // by "200", "4XX", "default"
}

// Security says which credentials an operation accepts.
type Security struct {
	Public                bool // no credential is needed
	Bearer, Basic, Cookie bool
	Scopes                []string // any one of them suffices for a bearer token
}

// A Param is one parameter of an operation.
type Param struct {
	Name     string
	In       string // path, query or header
	Required bool
	Type     string // string, integer, boolean, number or array
	Default  any    // string, int64, float64 or bool; nil without one
	Enum     []any  // as Default; nil if any value will do

	schema *schema
}

// A Body is the request body of an operation.
type Body struct {
	MediaType string
	Required  bool
	Members   []string // declared top-level members, sorted; nil if it is no object
	Closed    bool     // other members are refused in every mode
}

// FlatError tells whether answers of an error status carry the flat OAuth error
// instead of the API's envelope. The document says so by the schema OAuthError.
func (o *Operation) FlatError(status int) bool {
	r, _ := o.response(status)
	return r != nil && r.flat
}
