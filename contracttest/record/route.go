package record

import (
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/openapi"
)

// routes are the operations by method and number of segments.
type routes map[string][]route

type route struct {
	op       *openapi.Operation
	segments []string
}

func newRoutes(doc *openapi.Document) routes {
	table := routes{}
	for _, op := range doc.Operations() {
		for _, base := range op.Bases {
			table[op.Method] = append(table[op.Method], route{op, strings.Split(base+op.Path, "/")})
		}
	}
	return table
}

// find is the operation of a request and the values of its path. A path that is written out goes before one with parameters.
func (t routes) find(method, path string) (op *openapi.Operation, values map[string]string) {
	segments := strings.Split(path, "/")
	fewest := len(segments) + 1
	for _, r := range t[method] {
		if found, ok := r.match(segments); ok && len(found) < fewest {
			op, values, fewest = r.op, found, len(found)
		}
	}
	return op, values
}

func (r route) match(segments []string) (map[string]string, bool) {
	if len(segments) != len(r.segments) {
		return nil, false
	}
	values := map[string]string{}
	for i, want := range r.segments {
		got, err := url.PathUnescape(segments[i])
		if err != nil {
			return nil, false
		}
		if strings.HasPrefix(want, "{") {
			if got == "" {
				return nil, false
			}
			values[strings.Trim(want, "{}")] = got
		} else if got != want {
			return nil, false
		}
	}
	return values, true
}
