package inject_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
)

// tokens are those of an answer of the token endpoint.
type tokens struct {
	Access    string `json:"access_token"`
	ID        string `json:"id_token"`
	ExpiresOn int64  `json:"expires_on"`
	ExpiresIn int64  `json:"expires_in"`
}

func (r *rig) issue() (*op.Exchange, tokens) {
	r.t.Helper()
	ex := r.post("/idp/token", grant)
	if ex.Reply.Status != http.StatusOK {
		r.t.Fatalf("token: %d %s", ex.Reply.Status, ex.Reply.Body)
	}
	var got tokens
	r.into(ex, &got)
	return ex, got
}

// read is what a token says, signed or not.
func read(t *testing.T, token string) (header jose.Header, claims map[string]any) {
	t.Helper()
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatalf("read the token: %v", err)
	}
	d := json.NewDecoder(bytes.NewReader(signed.UnsafePayloadWithoutVerification()))
	if err := d.Decode(&claims); err != nil {
		t.Fatalf("read the claims: %v", err)
	}
	return signed.Signatures[0].Header, claims
}

// opens tells whether a token opens the API.
func (r *rig) opens(token string) int {
	r.t.Helper()
	with := *r
	with.token = token
	return with.get("/tenants/" + harbor).Reply.Status
}

func TestTheTokenEndpointRefuses(t *testing.T) {
	t.Parallel()
	for with, want := range map[string]struct {
		status int
		body   string
		header http.Header
	}{
		`"error":"invalid_client"`: {
			401, `{"domain":"Access","reason":"InvalidClient","error":"invalid_client","error_description":`,
			http.Header{"Www-Authenticate": {`Basic realm="Account Management API"`}},
		},
		`"error":"invalid_grant"`: {400, `"reason":"InvalidGrant","error":"invalid_grant"`, nil},
		`"error":"temporarily_unavailable","retry_after":"2m"`: {
			503, `"error":"temporarily_unavailable"`, http.Header{"Retry-After": {"120"}},
		},
		`"error":"server_error"`:              {500, `"reason":"ServerError","error":"server_error"`, nil},
		`"error":"server_error","status":502`: {502, `"error":"server_error"`, nil},
	} {
		t.Run(with, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, `{"id":"x","kind":"token_error","when":{"times":1},"with":{`+with+`}}`)
			ex := r.want(r.post("/idp/token", grant), want.status, op.CauseInjected)
			if !strings.Contains(string(ex.Reply.Body), want.body) {
				t.Errorf("got %s, want %s in it", ex.Reply.Body, want.body)
			}
			header := ex.Reply.Header.Clone()
			header.Del("Content-Type")
			if diff := cmp.Diff(want.header, header); diff != "" && len(want.header)+len(header) > 0 {
				t.Errorf("headers (-want +got):\n%s", diff)
			}
			r.fine(r.post("/idp/token", grant))
		})
	}
}

func TestWrongCredentialsLookAlikeWithAndWithoutTheFault(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	genuine := r.post("/idp/token", grant+"x")
	r.put(`{"id":"x","kind":"token_error","with":{"error":"invalid_client"}}`)
	made := r.post("/idp/token", grant)
	var want, got map[string]string
	r.into(genuine, &want)
	r.into(made, &got)
	delete(want, "error_description")
	delete(got, "error_description")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the made-up refusal (-real +made up):\n%s", diff)
	}
	if diff := cmp.Diff(genuine.Reply.Header, made.Reply.Header); diff != "" {
		t.Errorf("its headers (-real +made up):\n%s", diff)
	}
}

func TestTamperedTokensLookRightAndAreRefused(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]map[string]any{
		"expired_token":  {},
		"bad_signature":  {},
		"wrong_issuer":   {"iss": "https://issuer.invalid"},
		"wrong_audience": {"aud": "audience.invalid"},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, `{"id":"x","kind":"`+kind+`","when":{"times":1}}`)
			ex, got := r.issue()
			now := r.box.Clock.Now().Unix()
			if r.want(ex, 200, op.CauseInjected); got.ExpiresIn != 7200 || got.ExpiresOn != now+7200 {
				t.Errorf("the answer gives itself away: %+v", got)
			}
			for _, token := range []string{got.Access, got.ID} {
				_, claims := read(t, token)
				for name, value := range want {
					if claims[name] != value {
						t.Errorf("claim %s: got %v, want %v", name, claims[name], value)
					}
				}
				if exp, _ := claims["exp"].(float64); (int64(exp) < now) != (kind == "expired_token") {
					t.Errorf("now is %d, the token expires at %v", now, exp)
				}
				if _, err := r.keys.Verify(token); (err != nil) != (kind == "bad_signature") {
					t.Errorf("verify: %v", err)
				}
			}
			if status := r.opens(got.Access); status != http.StatusUnauthorized {
				t.Errorf("the API answers the token with %d", status)
			}
			if _, next := r.issue(); r.opens(next.Access) != http.StatusOK {
				t.Error("the token after it does not work")
			}
		})
	}
}

func TestATokenDiesEarly(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"early_expiry","with":{"after":"30s"}}`)
	_, got := r.issue()
	_, claims := read(t, got.Access)
	if exp := r.box.Clock.Now().Unix() + 7200; claims["exp"] != float64(exp) || got.ExpiresOn != exp || got.ExpiresIn != 7200 {
		t.Errorf("the token does not promise the full life: %v, %+v", claims["exp"], got)
	}
	for _, step := range []struct {
		pass time.Duration
		want int
	}{{29 * time.Second, 200}, {time.Second, 401}} {
		noErr(t, r.box.Clock.Advance(step.pass))
		if status := r.opens(got.Access); status != step.want {
			t.Errorf("after %v more: %d, want %d", step.pass, status, step.want)
		}
	}
}

func TestATokenIsRevokedInMidSession(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"revoked","match":{"operation":"getTenant"},"when":{"after":1,"times":1}}`)
	_, first := r.issue()
	_, second := r.issue()
	for i, want := range []int{200, 401, 401} {
		if status := r.opens(first.Access); status != want {
			t.Errorf("request %d: %d, want %d", i, status, want)
		}
	}
	if status := r.opens(second.Access); status != http.StatusOK {
		t.Errorf("the other token of the client: %d", status)
	}
	r.put(`{"id":"x","kind":"revoked"}`)
	r.fine(r.get("/tenants/" + harbor)) // by Basic
	r.token = second.Access
	r.want(r.get("/tenants/"+harbor), 401, op.CauseAuth)
}

func TestTheCallerLosesRights(t *testing.T) {
	t.Parallel()
	const newUser = `{"tenant_id":"` + harbor + `","login":"somebody","contact":{"email":"x@example.com"}}`
	r := newRig(t, `{"id":"x","kind":"scope_reduced","when":{"times":1}}`)
	r.want(r.get("/tenants/"+harbor), http.StatusForbidden, op.CauseScope)
	r.fine(r.get("/tenants/" + harbor))

	r.put(`{"id":"x","kind":"role_changed","with":{"role":"readonly_admin"}}`)
	r.fine(r.get("/tenants/" + harbor))
	r.want(r.post("/users", newUser), http.StatusForbidden, op.CauseScope)
	r.put()
	r.fine(r.post("/users", newUser))
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	_, old := r.issue()
	r.put(`{"id":"x","kind":"key_rotation"}`)
	_, fresh := r.issue()
	r.keysListed(r.keys.Rotated().ID(), r.keys.ID())
	for _, token := range []string{fresh.Access, fresh.ID} {
		if header, _ := read(t, token); header.KeyID != r.keys.Rotated().ID() {
			t.Errorf("signed by the key %s", header.KeyID)
		}
	}
	for name, token := range map[string]string{"old": old.Access, "new": fresh.Access} {
		if status := r.opens(token); status != http.StatusOK {
			t.Errorf("the %s token: %d", name, status)
		}
	}
	r.put()
	r.keysListed(r.keys.ID())
	if status := r.opens(fresh.Access); status != http.StatusOK {
		t.Errorf("the token of the second key, once the rule is gone: %d", status)
	}
	forged, ok := r.keys.Forge(old.Access, auth.Forgery{Keys: r.keys.Rotated()})
	if status := r.opens(forged); !ok || status != http.StatusUnauthorized {
		t.Errorf("a copy that anybody with the binary can make of a token: %d", status)
	}
}

// keysListed ends the test unless just these keys are listed.
func (r *rig) keysListed(want ...string) {
	r.t.Helper()
	var set jose.JSONWebKeySet
	r.into(r.get("/idp/keys"), &set)
	var got []string
	for _, k := range set.Keys {
		got = append(got, k.KeyID)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		r.t.Fatalf("keys (-want +got):\n%s", diff)
	}
}

func TestTheKeySetIsDownOrOld(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"jwks_down","when":{"times":1}}`)
	ex := r.want(r.get("/idp/keys"), http.StatusServiceUnavailable, op.CauseInjected)
	if !strings.Contains(string(ex.Reply.Body), `"code":503`) {
		t.Errorf("got %s", ex.Reply.Body)
	}
	r.keysListed(r.keys.ID())

	r.put(`{"id":"x","kind":"jwks_stale"}`)
	_, got := r.issue()
	r.keysListed(r.keys.ID())
	if header, _ := read(t, got.Access); header.KeyID != r.keys.Rotated().ID() {
		t.Errorf("signed by the key %s", header.KeyID)
	}
	if status := r.opens(got.Access); status != http.StatusOK {
		t.Errorf("the API answers the token with %d", status)
	}
}

func TestTheServersClockRunsAhead(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"x","kind":"clock_skew","with":{"by":"5m"}}`)
	_, got := r.issue()
	from := r.box.Clock.Now().Unix() + 300
	for _, token := range []string{got.Access, got.ID} {
		_, claims := read(t, token)
		if claims["iat"] != float64(from) || claims["nbf"] != float64(from) || claims["exp"] != float64(from+7200) {
			t.Errorf("iat %v, nbf %v, exp %v; want %d and two hours", claims["iat"], claims["nbf"], claims["exp"], from)
		}
	}
	if got.ExpiresOn != from+7200 || got.ExpiresIn != 7200 {
		t.Errorf("the answer says %+v", got)
	}
	if status := r.opens(got.Access); status != http.StatusOK {
		t.Errorf("the API answers the token with %d", status)
	}
}

func TestFaultsOfTokensAddUp(t *testing.T) {
	t.Parallel()
	r := newRig(t, `{"id":"a","kind":"clock_skew","with":{"by":"5m"}}`, `{"id":"b","kind":"key_rotation"}`,
		`{"id":"c","kind":"early_expiry","with":{"after":"10s"}}`)
	ex, got := r.issue()
	header, claims := read(t, got.Access)
	if header.KeyID != r.keys.Rotated().ID() || claims["iat"] != float64(r.box.Clock.Now().Unix()+300) || len(ex.Faults) != 3 {
		t.Errorf("kid %s, iat %v, faults %v", header.KeyID, claims["iat"], ex.Faults)
	}
	if status := r.opens(got.Access); status != http.StatusOK {
		t.Errorf("the API answers the token with %d", status)
	}
}

func TestARefusalHasNoTokensToTamperWith(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"expired_token", "bad_signature", "key_rotation", "jwks_stale"} {
		r := newRig(t, `{"id":"x","kind":"`+kind+`"}`)
		r.want(r.post("/idp/token", grant+"x"), http.StatusUnauthorized, op.CauseAuth)
	}
}

func TestAnAnswerThatAnotherFaultSpoiledIsLeftAlone(t *testing.T) {
	t.Parallel()
	const spoil = `{"id":"inner","kind":"malformed_body","when":{"priority":-1}}`
	r := newRig(t, spoil)
	want := r.post("/idp/token", grant).Reply.Body
	page := r.get("/users?tenant_id=" + harbor).Reply.Body
	for _, outer := range []string{`"clock_skew","with":{"by":"5m"}`, `"key_rotation"`, `"expired_token"`} {
		fresh := newRig(t, spoil, `{"id":"outer","kind":`+outer+`}`)
		if diff := cmp.Diff(string(want), string(fresh.post("/idp/token", grant).Reply.Body)); diff != "" {
			t.Errorf("%s (-spoiled +under both):\n%s", outer, diff)
		}
	}
	fresh := newRig(t, spoil, `{"id":"outer","kind":"pagination_shift","with":{"mode":"skip"}}`)
	fresh.post("/idp/token", grant)
	if diff := cmp.Diff(string(page), string(fresh.get("/users?tenant_id="+harbor).Reply.Body)); diff != "" {
		t.Errorf("pagination_shift (-spoiled +under both):\n%s", diff)
	}
}

func TestRulesOfTheOAuthFamilyThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tt := range map[string]struct{ rule, pointer string }{
		"no error":                  {`{"id":"x","kind":"token_error"}`, "/with/error"},
		"an error of nobody":        {`{"id":"x","kind":"token_error","with":{"error":"oops"}}`, "/with/error"},
		"an error that succeeds":    {`{"id":"x","kind":"token_error","with":{"error":"invalid_grant","status":200}}`, "/with/status"},
		"an error elsewhere":        {`{"id":"x","kind":"token_error","match":{"operation":"getUser"},"with":{"error":"invalid_grant"}}`, "/match"},
		"no length of life":         {`{"id":"x","kind":"early_expiry"}`, "/with/after"},
		"an issuer that is no URL":  {`{"id":"x","kind":"wrong_issuer","with":{"issuer":"nobody"}}`, "/with/issuer"},
		"no audience":               {`{"id":"x","kind":"wrong_audience","with":{"audience":""}}`, "/with/audience"},
		"an unknown role":           {`{"id":"x","kind":"role_changed","with":{"role":"king"}}`, "/with/role"},
		"a key set that is well":    {`{"id":"x","kind":"jwks_down","with":{"status":200}}`, "/with/status"},
		"a skew of parts of second": {`{"id":"x","kind":"clock_skew","with":{"by":"10ms"}}`, "/with/by"},
		"a skew of days":            {`{"id":"x","kind":"clock_skew","with":{"by":"25h"}}`, "/with/by"},
		"parameters of none":        {`{"id":"x","kind":"revoked","with":{"for":"1s"}}`, "/with"},
	} {
		rule, problems := fault.ParseRule([]byte(tt.rule))
		if len(problems) == 0 {
			problems = r.box.Faults.Put(rule)
		}
		if len(problems) != 1 || problems[0].Pointer != tt.pointer || problems[0].Detail == "" {
			t.Errorf("%s: got %v, want one problem at %s", name, problems, tt.pointer)
		}
	}
}
