package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/bench/internal/measure"
)

// A product is one of the servers that are compared.
type product struct {
	name    string // what -only and messages call it
	title   string
	version string
	npm     []string // packages of that version; none for Tenantry
	needs   string   // the program that runs it
	wide    bool     // it has no option for the address to listen on
	state   string   // what is on while it is measured, for the page
	command func(site) (measure.Command, error)
}

// products are the products and their versions. The first is our own.
func products() []product {
	return []product{
		{
			name: "tenantry", title: "Tenantry", version: "this tree", command: tenantry,
			state: "all of its work for each request; the token is checked, the request held to the OpenAPI document, " +
				"the user looked up, access decided, the exchange journaled.",
		},
		{
			name: "wiremock", title: "WireMock", version: "3.13.2", npm: []string{"wiremock"}, needs: "java", command: wiremock,
			state: "journal and request log off (`--no-request-journal --disable-request-logging`), as its documentation " +
				"says for performance tests.",
		},
		{
			name: "mockserver", title: "MockServer", version: "8.0.0", npm: []string{"mockserver-node"}, needs: "java",
			command: mockserver,
			state: "log level WARN and console log off, as its documentation measures itself; it still remembers requests " +
				"for verification.",
		},
		{
			name: "mockoon", title: "Mockoon CLI", version: "9.9.0", npm: []string{"@mockoon/cli"}, needs: "node", command: mockoon,
			state: "as installed; it writes a line of log for each request and remembers the last 100.",
		},
		{
			name: "mountebank", title: "mountebank", version: "2.9.1", npm: []string{"mountebank"}, needs: "node", command: mountebank,
			state: "keep-alive on, as its documentation says for load tests, otherwise as installed; it writes a line of log " +
				"for each request and remembers none.",
		},
		{
			name: "mokapi", title: "Mokapi", version: "0.52.0", npm: mokapiPackages(), wide: true, command: mokapi,
			state: "as installed; it holds requests and answers to an OpenAPI document, writes a line of log for each request, " +
				"remembers the last ones and indexes all of them on disk for the search of its dashboard.",
		},
		{
			name: "mokapi-nosearch", title: "Mokapi without search", version: "0.52.0", npm: mokapiPackages(), wide: true,
			command: mokapiWithoutSearch, state: "the same without that index (`--api-search-enabled=false`).",
		},
	}
}

func mokapiPackages() []string { return []string{"go-mokapi", mokapiBinary()} }

// mokapiBinary is the package with the program for this machine. go-mokapi asks for any version of it, so it is named
// beside it.
func mokapiBinary() string {
	arch := runtime.GOARCH
	if arch == "amd64" {
		arch = "x64"
	}
	return "@go-mokapi/linux-" + arch
}

// chosen are the products of a list of names, and always our own: it makes the bytes that the others answer with.
func chosen(all []product, only string) ([]product, error) {
	if only == "" {
		return all, nil
	}
	names := strings.Split(only, ",")
	var kept []product
	for i, p := range all {
		if i == 0 || slices.Contains(names, p.name) {
			kept = append(kept, p)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(p product) bool { return p.name == name }) {
			return nil, fmt.Errorf("-only: there is no product %q; the products are %s", name, listed(all))
		}
	}
	return kept, nil
}

func listed(all []product) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.name
	}
	return strings.Join(names, ", ")
}

// A site is the place that one start of a product is given.
type site struct {
	version string
	binary  string // of Tenantry
	modules string // node_modules
	dir     string // its own folder
	port    int    // for the route
	spare   int    // for whatever else it opens
	body    []byte // what the route answers
}

func (s site) module(elem ...string) string {
	return filepath.Join(append([]string{s.modules}, elem...)...)
}

func (s site) address() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }
