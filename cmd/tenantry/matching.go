package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/pflag"
)

// A matching says which requests of the journal are meant: what its flags name must all hold.
type matching struct {
	text                map[string]*string // by the name of the flag, the parameter and the member
	header, query, body []string
}

// matchFlags are the members of a matcher that are texts, as flags.
func matchFlags() [][2]string {
	return [][2]string{
		{"operation", "operationId or a glob such as list*; alternatives by comma"},
		{"tag", "tag of the operation"},
		{"method", "method; alternatives by comma"},
		{"path", "path or a glob, without the sandbox's prefix"},
		{"status", "status or a class such as 4xx"},
		{"cause", "gate of the refusal: route, auth, scope, spec, state, policy or injected"},
		{"tenant", "id of a tenant that the request is about"},
		{"subtree", "id of a tenant that the request is about or below"},
		{"client", "id of the API client"},
		{"user", "id or login of the user"},
		{"role", "role that the actor holds"},
		{"fault", "id or kind of a fault rule that the request met"},
	}
}

func newMatching(flags *pflag.FlagSet) *matching {
	m := &matching{text: map[string]*string{}}
	for _, f := range matchFlags() {
		m.text[f[0]] = flags.String(f[0], "", f[1])
	}
	return m
}

// messages adds the flags for what the journal can be held to but not searched by.
func (m *matching) messages(flags *pflag.FlagSet) {
	flags.StringArrayVar(&m.header, "header", nil, "header as NAME=GLOB; may be repeated")
	flags.StringArrayVar(&m.query, "query", nil, "query parameter as NAME=GLOB; may be repeated")
	flags.StringArrayVar(&m.body, "body", nil, "member of the body as JSONPATH=VALUE, such as $.login=jane; may be repeated")
}

// parameters are those of the journal's filter.
func (m *matching) parameters() url.Values {
	q := url.Values{}
	for name, value := range m.text {
		if *value != "" {
			q.Set(name, *value)
		}
	}
	return q
}

// matcher is the JSON object; nil when no flag names anything.
func (m *matching) matcher() (map[string]any, error) {
	object := map[string]any{}
	for name, value := range m.text {
		if *value != "" {
			object[name] = *value
		}
	}
	for name, list := range map[string][]string{"header": m.header, "query": m.query} {
		found, err := pairs("--"+name+" ", list)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			object[name] = found
		}
	}
	body, err := bodyMatcher(m.body)
	if err != nil {
		return nil, err
	}
	if len(body) > 0 {
		object["body"] = body
	}
	if len(object) == 0 {
		return nil, nil
	}
	return object, nil
}

// bodyMatcher takes values as JSON, and as plain text where they are none.
func bodyMatcher(list []string) (map[string]any, error) {
	object := map[string]any{}
	for _, pair := range list {
		path, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("--body %q is not of the form JSONPATH=VALUE", pair)
		}
		var value any = json.RawMessage(text)
		if !json.Valid([]byte(text)) {
			value = text
		}
		object[path] = value
	}
	return object, nil
}
