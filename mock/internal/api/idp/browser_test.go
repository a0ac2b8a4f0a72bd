package idp_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Further people and clients, for what happens in a browser.
var (
	clinicCare = model.TenantID(uuid(111)) // the personal tenant of carer
	depotCare  = model.TenantID(uuid(112)) // that of keeper
	idleCare   = model.TenantID(uuid(113)) // that of visitor, who has no role

	carer    = model.UserID(uuid(121)) // of clinic, backup_user
	keeper   = model.UserID(uuid(122)) // of depot, which has closed itself; backup_user
	visitor  = model.UserID(uuid(123)) // of clinic, without a role
	phone    = model.UserID(uuid(45))  // of strict, with a second factor
	newphone = model.UserID(uuid(46))  // of strict, with none yet

	web     = uuid(131) // of acme, confidential
	spa     = uuid(132) // of acme, public
	watcher = uuid(133) // of the root, may introspect
)

const (
	webBack    = "https://app.example/back?from=login"
	portalBack = "/portal/back"
	spaBack    = "http://127.0.0.1:4000/back"

	phoneSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

// startPeople is start with them.
func startPeople(t testing.TB) *world {
	t.Helper()
	w := start(t)
	w.change(addPeople)
	return w
}

func addPeople(tx *state.Tx) {
	for i, u := range []model.User{
		{ID: carer, Login: "carer", TenantID: clinic, PersonalTenantID: clinicCare},
		{ID: keeper, Login: "keeper", TenantID: depot, PersonalTenantID: depotCare},
		{ID: visitor, Login: "visitor", TenantID: clinic, PersonalTenantID: idleCare},
	} {
		u.IdentityID, u.Activated, u.Enabled = model.IdentityID(uuid(141+i)), true, true
		u.SetExtras(model.UserExtras{ExternalID: "ext-" + u.Login})
		tx.PutCredential(model.Credential{ID: u.IdentityID}.SetPassword("salt", "open sesame"))
		tx.PutUser(&u)
		tx.PutTenant(&model.Tenant{
			ID: u.PersonalTenantID, ParentID: u.TenantID, OwnerID: u.ID, Kind: model.Unit, Name: u.Login,
			Num: int64(11 + i), Enabled: true, AncestralAccess: true,
		})
		if u.ID != visitor {
			tx.PutPolicy(&model.Policy{ID: model.PolicyID(uuid(151 + i)), TrusteeID: string(u.ID), TenantID: u.PersonalTenantID, Role: "backup_user"})
		}
	}
	for _, c := range []model.Client{
		{ID: model.ClientID(web), TenantID: acme, AuthMethod: model.AuthBasic, RedirectURIs: []string{webBack, portalBack}},
		{ID: model.ClientID(spa), TenantID: acme, AuthMethod: model.AuthNone, RedirectURIs: []string{spaBack}, Data: []byte(`{"client_name":"Console"}`)},
		{ID: model.ClientID(watcher), TenantID: root, AuthMethod: model.AuthBasic, Scopes: []string{"account-server::token_introspector"}},
	} {
		c.Type, c.Salt, c.SecretHash = model.APIClient, string(c.ID), model.HashSecret(string(c.ID), "secret")
		tx.PutClient(&c)
	}
	u, _ := state.Users.Get(tx, phone)
	secret := tx.Credential(u)
	secret.TOTPSecret, secret.Enrolled = phoneSecret, true
	tx.PutCredential(secret)
}

// brand makes the tenant call its service by a name.
func (w *world) brand(tenant model.TenantID, service string) {
	w.t.Helper()
	name, err := json.Marshal(service)
	if err != nil {
		w.t.Fatalf("encode %q: %v", service, err)
	}
	w.change(func(tx *state.Tx) {
		tx.PutBrand(&model.Brand{TenantID: tenant, Members: map[string]json.RawMessage{"service_name": name}})
	})
}

// A browser keeps cookies and follows nothing by itself.
type browser struct {
	*world
	http *http.Client
}

func (w *world) browser() *browser {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatalf("make a cookie jar: %v", err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{world: w, http: &http.Client{Jar: jar, CheckRedirect: stay}}
}

// open gets a page below /api/2/idp as a browser does.
func (b *browser) open(path string) *answer {
	b.t.Helper()
	return b.follow(b.url + "/api/2/idp/" + path)
}

func (b *browser) follow(address string) *answer {
	b.t.Helper()
	r := b.request(http.MethodGet, address, "")
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	return b.send(b.http, r)
}

// fill posts the form of a page, with its hidden fields and the given ones; a nil value leaves a field out.
func (b *browser) fill(page *answer, fields map[string]string) *answer {
	b.t.Helper()
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(page.Body, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	for name, value := range fields {
		form.Set(name, value)
	}
	return b.post(page, form)
}

func (b *browser) post(page *answer, form url.Values) *answer {
	b.t.Helper()
	r := b.request(http.MethodPost, b.url+page.action(b.t), form.Encode())
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "text/html")
	return b.send(b.http, r)
}

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)
	formAction  = regexp.MustCompile(`<form method="post" action="([^"]*)">`)
	pageAlert   = regexp.MustCompile(`role="alert" id="alert">([^<]*)<`)
	pageTitle   = regexp.MustCompile(`<h1>([^<]*)</h1>`)
)

func (a *answer) action(t testing.TB) string {
	t.Helper()
	m := formAction.FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("the page has no form to post: %d %s", a.Status, a.Body)
	}
	return html.UnescapeString(m[1])
}

// hidden is the value of a hidden field.
func (a *answer) hidden(name string) string {
	for _, m := range hiddenField.FindAllStringSubmatch(a.Body, -1) {
		if m[1] == name {
			return html.UnescapeString(m[2])
		}
	}
	return ""
}

func first(pattern *regexp.Regexp, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return html.UnescapeString(m[1])
	}
	return ""
}

// main is the page without its head, for messages.
func (a *answer) main() string {
	_, text, _ := strings.Cut(a.Body, "<body>")
	return text
}

func (a *answer) alert() string { return first(pageAlert, a.Body) }
func (a *answer) title() string { return first(pageTitle, a.Body) }

// shows fails the test unless the answer is a page with the status and the title, and an alert that holds the text.
func (b *browser) shows(a *answer, status int, title, alert string) {
	b.t.Helper()
	html := strings.HasPrefix(a.Header.Get("Content-Type"), "text/html")
	if a.Status != status || !html || a.title() != title || !strings.Contains(a.alert(), alert) || alert == "" && a.alert() != "" {
		b.t.Fatalf("got %d %q with the alert %q, want %d %q with %q: %s", a.Status, a.title(), a.alert(), status, title, alert, a.main())
	}
}

// goes fails the test unless the answer sends the browser on, and tells the parameters that it is sent with.
func (b *browser) goes(a *answer, status int, to string) url.Values {
	b.t.Helper()
	location := a.Header.Get("Location")
	u, err := url.Parse(location)
	if a.Status != status || err != nil || !strings.HasPrefix(location, to) || a.Body != "" {
		b.t.Fatalf("got %d to %q, want %d to %s: %s", a.Status, location, status, to, a.Body)
	}
	return u.Query()
}

// logIn goes through the login page of an authorization request.
func (b *browser) logIn(path, login string) *answer {
	b.t.Helper()
	page := b.open(path)
	b.shows(page, http.StatusOK, "Log in", "")
	return b.fill(page, map[string]string{"username": login, "password": "open sesame"})
}
