package assemble

import "gopkg.in/yaml.v3"

// The parts of an OpenAPI document that the facts fill.
type (
	document struct {
		OpenAPI    string                          `yaml:"openapi"`
		Info       info                            `yaml:"info"`
		Servers    []server                        `yaml:"servers"`
		Paths      map[string]map[string]operation `yaml:"paths"`
		Components components                      `yaml:"components"`
	}
	info struct {
		Title   string `yaml:"title"`
		Version string `yaml:"version"`
	}
	server struct {
		URL string `yaml:"url"`
	}
	components struct {
		SecuritySchemes map[string]securityScheme `yaml:"securitySchemes"`
	}
	securityScheme struct {
		Type   string          `yaml:"type"`
		Scheme string          `yaml:"scheme,omitempty"`
		In     string          `yaml:"in,omitempty"`
		Name   string          `yaml:"name,omitempty"`
		Flows  map[string]flow `yaml:"flows,omitempty"`
	}
	flow struct {
		AuthorizationURL string            `yaml:"authorizationUrl,omitempty"`
		TokenURL         string            `yaml:"tokenUrl,omitempty"`
		Scopes           map[string]string `yaml:"scopes"`
	}
	operation struct {
		Deprecated bool                  `yaml:"deprecated,omitempty"`
		Disabled   bool                  `yaml:"x-disabled,omitempty"`
		Security   []map[string][]string `yaml:"security"`
		Parameters []parameter           `yaml:"parameters,omitempty"`
		Body       *body                 `yaml:"requestBody,omitempty"`
		Responses  map[string]response   `yaml:"responses"`
	}
	parameter struct {
		Name     string  `yaml:"name"`
		In       string  `yaml:"in"`
		Required bool    `yaml:"required,omitempty"`
		Schema   *schema `yaml:"schema"`
	}
	body struct {
		Required bool             `yaml:"required"`
		Content  map[string]media `yaml:"content"`
	}
	media struct {
		Schema *schema `yaml:"schema"`
	}
	response struct {
		Description string `yaml:"description"`
	}
	schema struct {
		Type       string     `yaml:"type,omitempty"`
		Format     string     `yaml:"format,omitempty"`
		Nullable   bool       `yaml:"nullable,omitempty"`
		MinLength  *int       `yaml:"minLength,omitempty"`
		MaxLength  *int       `yaml:"maxLength,omitempty"`
		Minimum    *int       `yaml:"minimum,omitempty"`
		Pattern    *string    `yaml:"pattern,omitempty"`
		Enum       []any      `yaml:"enum,omitempty"`
		Default    any        `yaml:"default,omitempty"`
		Items      *schema    `yaml:"items,omitempty"`
		Required   []string   `yaml:"required,omitempty"`
		Properties properties `yaml:"properties,omitempty"`
	}
	property struct {
		name   string
		schema *schema
	}
)

// properties are the members of an object in the reference's order.
type properties []property

// MarshalYAML writes the members as a mapping that keeps their order.
func (p properties) MarshalYAML() (any, error) {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, member := range p {
		var name, value yaml.Node
		name.SetString(member.name)
		if err := value.Encode(member.schema); err != nil {
			return nil, err
		}
		m.Content = append(m.Content, &name, &value)
	}
	return m, nil
}
