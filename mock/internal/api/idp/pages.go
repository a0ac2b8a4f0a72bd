package idp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

//go:embed pages
var pageFiles embed.FS

//go:embed pages/style.css
var pageStyle string

//go:embed pages/external.js
var externalScript string

// pages are the templates, each in the common layout. They work without scripts, but for the one that is a script.
var pages = parsePages("login", "factor", "message", "code", "confirm", "external")

func parsePages(names ...string) map[string]*template.Template {
	parsed := map[string]*template.Template{}
	for _, name := range names {
		own := template.FuncMap{
			"style":  func() template.CSS { return template.CSS(pageStyle) },    //nolint:gosec // a file of ours
			"script": func() template.JS { return template.JS(externalScript) }, //nolint:gosec // a file of ours
		}
		t := template.New("layout.html").Funcs(own)
		parsed[name] = template.Must(t.ParseFS(pageFiles, "pages/layout.html", "pages/"+name+".html"))
	}
	return parsed
}

// A frame is what every page shows.
type frame struct {
	Title   string
	Service string // whose page it is, see serviceName
	Alert   string // what went wrong
}

// framed is what a template is given.
type framed interface{ outline() *frame }

func (f *frame) outline() *frame { return f }

// message is a page that says one thing.
type message struct {
	frame
	Text string
}

// The policy of content lets a page show its own style and nothing else. It names no form-action: browsers hold that
// against every redirect after a form, and a login ends at an application that nobody here knows the addresses of.
var (
	pagePolicy   = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; img-src data:; style-src " + sourceHash(pageStyle)
	scriptPolicy = pagePolicy + "; form-action 'none'; connect-src 'self'; script-src " + sourceHash(externalScript)
)

// sourceHash names an inline style or script in a policy.
func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// show makes a page. It is never cached, framed or told on as a referrer: its address may hold secrets.
func show(name string, data framed) (*op.Document, error) {
	var b bytes.Buffer
	if err := pages[name].Execute(&b, data); err != nil {
		return nil, fmt.Errorf("make the page %s: %w", name, err)
	}
	policy := pagePolicy
	if name == "external" {
		policy = scriptPolicy
	}
	return &op.Document{Type: "text/html; charset=utf-8", Body: b.Bytes(), Header: http.Header{
		"Content-Security-Policy": {policy},
		"Cache-Control":           {"no-store"},
		"Referrer-Policy":         {"no-referrer"},
		"X-Content-Type-Options":  {"nosniff"},
		"X-Frame-Options":         {"DENY"},
	}}, nil
}

// showRefusal is a page that stands for a refusal and says why.
func showRefusal(name string, data framed, refusal error) error {
	data.outline().Alert = sentence(refusal.Error())
	page, err := show(name, data)
	if err != nil {
		return err
	}
	return op.Shown{Err: refusal, Page: page}
}

// sentence is a refusal as people are told it.
func sentence(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// serviceName is how the tenant's brand calls the service (reference, brand, service_name).
func serviceName(v *state.View, tenant model.TenantID) string {
	const unbranded = "Tenantry"
	b, ok := v.EffectiveBrand(tenant)
	if !ok {
		return unbranded
	}
	var name string
	if err := json.Unmarshal(b.Members["service_name"], &name); err != nil || name == "" {
		return unbranded
	}
	return name
}

// pathOf is the path of an endpoint of the identity provider as a browser sees it, the prefix of a sandbox included.
func pathOf(ctx context.Context, endpoint string) string {
	return basePath(ctx) + "/api/2/idp/" + endpoint
}

func basePath(ctx context.Context) string {
	u, err := url.Parse(op.BaseURL(ctx))
	if err != nil {
		return ""
	}
	return u.Path
}
