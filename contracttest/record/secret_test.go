package record_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/record"
)

// roundTrip is an upstream without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// private makes values that a draft must never hold: the shapes that credentials and what tells of people have.
func private() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[A-Za-z0-9]{9,24}`),
		rapid.StringMatching(`[A-Z][a-z]{4,9} [A-Z][a-z]{4,9}`),
		rapid.StringMatching(`[a-z0-9]{5,9}@[a-z0-9]{5,9}\.test`),
		rapid.StringMatching(`[a-z0-9]{9,12}\.(test|example\.org)`),
		rapid.StringMatching(`https://[a-z0-9]{9}\.test/[a-z0-9]{4}`),
		rapid.StringMatching(`\+[1-9][0-9]{8,12}`),
		rapid.StringMatching(`[1-9][0-9]{8,12}`),
		rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
		rapid.StringMatching(`[A-Za-z0-9_-]{12}\.[A-Za-z0-9_-]{12}\.[A-Za-z0-9_-]{12}`),
		rapid.StringMatching(`[ -~]{9,14}[':{$#&*!|>%@"\\][ -~]{3}`),
		rapid.StringMatching(`[äöü€\n\t]{2}[A-Za-z0-9]{9}[äöü€\n]`),
	)
}

// A player makes sessions out of a pool of private values.
type player struct {
	*rapid.T
	pool []string
	rec  *record.Recorder
	next *http.Response // what the upstream answers
}

func (p *player) one() string { return rapid.SampledFrom(p.pool).Draw(p.T, "value") }

// telling are names under which a value is private, whatever it looks like.
var telling = []string{
	"password", "client_secret", "token", "ott", "login", "email", "username", "phone", "fax", "first_name", "name", "website", "host",
	"smtp_password", "old_password", "display_name", "company_name", "redirect_uris", "my_secret_thing", "session_id",
}

// common are names under which harmless values are kept.
var common = []string{"language", "kind", "tenant_id", "scope", "data", "version", "limit", "note", "role_id", "enabled", "items", "id"}

// body is a JSON body with private values under some names.
func (p *player) body(names []string, depth int) any {
	out := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(p.T, "members") {
		name := rapid.SampledFrom(names).Draw(p.T, "name")
		switch rapid.IntRange(0, 5).Draw(p.T, "shape") {
		case 0:
			out[name] = []any{p.one(), p.one(), true, nil}
		case 1:
			if depth < 3 {
				out[name] = p.body(names, depth+1)
			}
		case 2:
			for _, v := range p.pool {
				if strings.Trim(v, "0123456789") == "" {
					out[name] = json.Number(v)
				}
			}
		case 3:
			out[p.one()] = p.one()
		default:
			out[name] = p.one()
		}
	}
	return out
}

var paths = []string{
	"/api/2/users", "/api/2/users/VALUE", "/api/2/tenants/" + tenant, "/api/2/tenants/VALUE/brand/logo", "/api/2/clients", "/api/2/idp/token",
	"/api/2/idp/revoke_token", "/api/2/users/me", "/api/2/VALUE/x", "/VALUE", "/api/2/search", "/api/2/users/check_login", "/api/2/idp/ott/login",
	"/api/2/applications/" + tenant + "/settings/tenants/" + tenant + "/VALUE",
}

func (p *player) exchange(names []string) {
	path := strings.ReplaceAll(rapid.SampledFrom(paths).Draw(p.T, "path"), "VALUE", url.PathEscape(p.one()))
	query := url.Values{}
	for range rapid.IntRange(0, 3).Draw(p.T, "parameters") {
		query.Add(rapid.SampledFrom(append(names, "text", "uuids", "after", "code", "access_token", p.one())).Draw(p.T, "parameter"), p.one())
	}
	body, media := p.payload(names)
	method := rapid.SampledFrom([]string{"GET", "POST", "PUT", "DELETE"}).Draw(p.T, "method")
	req := httptest.NewRequestWithContext(p.Context(), method, "http://proxy.test"+path+"?"+query.Encode(), strings.NewReader(body))
	req.Header.Set("Content-Type", media)
	p.credentials(req)
	answer, _ := json.Marshal(p.body(append(names, "access_token", "id", "refresh_token"), 0))
	p.next = &http.Response{
		StatusCode: rapid.SampledFrom([]int{200, 201, 204, 400, 404}).Draw(p.T, "status"),
		Header:     http.Header{"Content-Type": {"application/json"}, "Set-Cookie": {(&http.Cookie{Name: "s", Value: p.one()}).String()}},
		Body:       io.NopCloser(strings.NewReader(string(answer))),
	}
	p.rec.ServeHTTP(httptest.NewRecorder(), req)
}

func (p *player) payload(names []string) (body, media string) {
	switch rapid.IntRange(0, 3).Draw(p.T, "media") {
	case 0:
		form := url.Values{"grant_type": {"client_credentials"}, "client_id": {p.one()}, "client_secret": {p.one()}}
		form.Set(rapid.SampledFrom(names).Draw(p.T, "field"), p.one())
		return form.Encode(), "application/x-www-form-urlencoded"
	case 1:
		return p.one(), rapid.SampledFrom([]string{"application/json", "text/plain", "image/png", "application/" + url.QueryEscape(p.one())}).Draw(p.T, "type")
	case 2:
		return "", ""
	}
	text, _ := json.Marshal(p.body(names, 0))
	return string(text), rapid.SampledFrom([]string{"application/json", "application/" + url.QueryEscape(p.one()) + "+json"}).Draw(p.T, "type")
}

func (p *player) credentials(req *http.Request) {
	v := strings.NewReplacer("\n", "", "\t", "").Replace(p.one())
	switch rapid.IntRange(0, 4).Draw(p.T, "authorization") {
	case 0:
		req.Header.Set("Authorization", "Bearer "+v)
	case 1:
		req.SetBasicAuth(p.one(), p.one())
	case 2:
		req.Header.Set("Authorization", "Own "+v)
	case 3:
		req.AddCookie(&http.Cookie{Name: "sid", Value: v})
		req.Header.Set("X-Api-Key", v)
	}
}

// However a session looks: its draft is a scenario, and holds nothing that was private in it, in no encoding.
func TestNothingPrivateIsInADraft(t *testing.T) {
	t.Parallel()
	doc := document(t)
	upstream := parsed(t, "https://upstream-of-the-customer.test")
	rapid.Check(t, func(t *rapid.T) {
		p := &player{T: t, pool: rapid.SliceOfN(private(), 2, 6).Draw(t, "pool")}
		p.rec = record.New(record.Config{
			Upstream: upstream, Operations: doc, Now: noon, Out: io.Discard,
			Transport: roundTrip(func(*http.Request) (*http.Response, error) { return p.next, nil }),
		})
		if rapid.Bool().Draw(t, "introduced") {
			// Every value is private by its name once, and may then stand anywhere.
			p.introduce()
			for range rapid.IntRange(1, 6).Draw(t, "exchanges") {
				p.exchange(append(append([]string{}, telling...), common...))
			}
		} else {
			for range rapid.IntRange(1, 6).Draw(t, "exchanges") {
				p.exchange(telling)
			}
			p.introduce()
		}
		d := p.rec.Draft()
		if d.Text == nil {
			return
		}
		if _, err := arazzo.Read("recorded.yaml", d.Text, doc); err != nil {
			t.Fatalf("%v\n%s", err, d.Text)
		}
		for _, v := range append(p.pool, "upstream-of-the-customer", "proxy.test") {
			for _, form := range []string{v, url.QueryEscape(v), url.PathEscape(v), base64.StdEncoding.EncodeToString([]byte(v))} {
				if strings.Contains(strings.ToLower(string(d.Text)), strings.ToLower(form)) {
					t.Fatalf("%q is in\n%s", form, d.Text)
				}
			}
		}
	})
}

// introduce sends every value of the pool under the name of a secret.
func (p *player) introduce() {
	for _, v := range p.pool {
		text, _ := json.Marshal(map[string]any{"password": v})
		req := httptest.NewRequestWithContext(p.Context(), http.MethodPost, "http://proxy.test/api/2/users/"+user+"/password", strings.NewReader(string(text)))
		req.Header.Set("Content-Type", "application/json")
		p.next = &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{}, Body: http.NoBody}
		p.rec.ServeHTTP(httptest.NewRecorder(), req)
	}
}
