package openapi

import (
	"bytes"
	"encoding/json"
)

// The raw types are the parts of an OpenAPI 3.0 document that the runtime needs. What
// they leave out (examples, descriptions, tags of the document) is skipped while decoding.

type rawDocument struct {
	OpenAPI    string                `json:"openapi"`
	Servers    []rawServer           `json:"servers"`
	Security   []map[string][]string `json:"security"`
	Paths      map[string]*rawPath   `json:"paths"`
	Components struct {
		Schemas         map[string]*rawSchema   `json:"schemas"`
		Parameters      map[string]*rawParam    `json:"parameters"`
		RequestBodies   map[string]*rawBody     `json:"requestBodies"`
		Responses       map[string]*rawResponse `json:"responses"`
		SecuritySchemes map[string]rawScheme    `json:"securitySchemes"`
	} `json:"components"`
}

type rawServer struct {
	URL string `json:"url"`
}

type rawScheme struct {
	Type   string `json:"type"`
	Scheme string `json:"scheme"`
	In     string `json:"in"`
}

type rawPath struct {
	Servers    []rawServer   `json:"servers"`
	Parameters []*rawParam   `json:"parameters"`
	Get        *rawOperation `json:"get"`
	Put        *rawOperation `json:"put"`
	Post       *rawOperation `json:"post"`
	Delete     *rawOperation `json:"delete"`
	Patch      *rawOperation `json:"patch"`
	Head       *rawOperation `json:"head"`
	Options    *rawOperation `json:"options"`
}

type rawOperation struct {
	ID           string                  `json:"operationId"`
	Tags         []string                `json:"tags"`
	Summary      string                  `json:"summary"`
	Undocumented bool                    `json:"x-undocumented"`
	Servers      []rawServer             `json:"servers"`
	Parameters   []*rawParam             `json:"parameters"`
	Body         *rawBody                `json:"requestBody"`
	Responses    map[string]*rawResponse `json:"responses"`
	Security     *[]map[string][]string  `json:"security"` // nil: the document's; empty: none
}

type rawParam struct {
	Ref      string     `json:"$ref"`
	Name     string     `json:"name"`
	In       string     `json:"in"`
	Required bool       `json:"required"`
	Schema   *rawSchema `json:"schema"`
}

type rawBody struct {
	Ref      string              `json:"$ref"`
	Required bool                `json:"required"`
	Content  map[string]rawMedia `json:"content"`
}

type rawMedia struct {
	Schema *rawSchema `json:"schema"`
}

type rawResponse struct {
	Ref     string              `json:"$ref"`
	NoBody  bool                `json:"x-no-body"`
	Source  string              `json:"x-source"`
	Content map[string]rawMedia `json:"content"`
}

type rawSchema struct {
	Ref      string          `json:"$ref"`
	Type     string          `json:"type"`
	Format   string          `json:"format"`
	Nullable bool            `json:"nullable"`
	Enum     []any           `json:"enum"`
	Default  json.RawMessage `json:"default"`

	MinLength int    `json:"minLength"`
	MaxLength *int   `json:"maxLength"`
	Pattern   string `json:"pattern"`

	Minimum *float64 `json:"minimum"`
	Maximum *float64 `json:"maximum"`
	ExclMin bool     `json:"exclusiveMinimum"`
	ExclMax bool     `json:"exclusiveMaximum"`

	Items    *rawSchema `json:"items"`
	MinItems int        `json:"minItems"`
	MaxItems *int       `json:"maxItems"`
	Unique   bool       `json:"uniqueItems"`

	Required   []string              `json:"required"`
	Properties map[string]*rawSchema `json:"properties"`
	Additional *rawAdditional        `json:"additionalProperties"`
	MinProps   int                   `json:"minProperties"`
	MaxProps   *int                  `json:"maxProperties"`

	AllOf []*rawSchema `json:"allOf"`
	AnyOf []*rawSchema `json:"anyOf"`
	OneOf []*rawSchema `json:"oneOf"`
	Not   *rawSchema   `json:"not"`
}

// rawAdditional is additionalProperties: a boolean, or a schema for the other members.
type rawAdditional struct {
	allowed bool
	schema  *rawSchema
}

func (a *rawAdditional) UnmarshalJSON(b []byte) error {
	if b = bytes.TrimSpace(b); len(b) > 0 && b[0] != '{' {
		return json.Unmarshal(b, &a.allowed)
	}
	a.allowed = true
	return json.Unmarshal(b, &a.schema)
}
