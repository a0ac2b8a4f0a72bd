package inject_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/tenantry/tenantry/mock"
)

// asked is how a request with a token of one's own is answered.
func asked(t testing.TB, srv *mock.Sandbox, token string) int {
	t.Helper()
	return answered(t, srv, srv.HTTP(), "GET", "/tenants/"+harbor+"?access_token="+token, "").status
}

// judged is what a common OpenID Connect library says of an id token, with the keys that the server lists at that moment.
func judged(t testing.TB, srv *mock.Sandbox, token string) error {
	t.Helper()
	ctx := oidc.ClientContext(t.Context(), srv.HTTP())
	provider, err := oidc.NewProvider(ctx, srv.URL)
	noErr(t, err)
	_, err = provider.Verifier(&oidc.Config{ClientID: client, Now: srv.Now}).Verify(ctx, token)
	return err
}

func TestTokenErrorOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	srv.FaultJSON(t, `{"id":"x","kind":"token_error","when":{"times":1},"with":{"error":"temporarily_unavailable","retry_after":"1s"}}`)
	got := answered(t, srv, srv.HTTP(), "POST", "/idp/token", grant)
	if got.status != 503 || got.member(t, "error") != "temporarily_unavailable" || got.header.Get("Retry-After") != "1" {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if got := answered(t, srv, srv.HTTP(), "POST", "/idp/token", grant); got.status != 200 {
		t.Errorf("once more: %d %s", got.status, got.body)
	}
}

// A library takes or refuses the id token, and the API the access token.
func TestFaultsOfTokensOnTheWire(t *testing.T) {
	t.Parallel()
	for kind, tt := range map[string]struct {
		with  string
		takes bool // the library
		opens int  // the API
	}{
		"expired_token":  {"", false, 401},
		"bad_signature":  {"", false, 401},
		"wrong_issuer":   {"", false, 401},
		"wrong_audience": {"", false, 401},
		"early_expiry":   {`,"with":{"after":"30s"}`, true, 200},
		"key_rotation":   {"", true, 200},
		"jwks_stale":     {"", false, 200},
		"clock_skew":     {`,"with":{"by":"10m"}`, false, 200},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			srv := mock.Start(t)
			srv.Freeze()
			srv.FaultJSON(t, `{"id":"x","kind":"`+kind+`"`+tt.with+`}`)
			got := answered(t, srv, srv.HTTP(), "POST", "/idp/token", grant)
			if got.status != http.StatusOK {
				t.Fatalf("token: %d %s", got.status, got.body)
			}
			if err := judged(t, srv, got.member(t, "id_token")); (err == nil) != tt.takes {
				t.Errorf("the library says of the id token: %v", err)
			}
			if status := asked(t, srv, got.member(t, "access_token")); status != tt.opens {
				t.Errorf("the API answers %d, want %d", status, tt.opens)
			}
			if kind != "early_expiry" {
				return
			}
			srv.Advance(30 * time.Second)
			if status := asked(t, srv, got.member(t, "access_token")); status != http.StatusUnauthorized {
				t.Errorf("half a minute later the API answers %d", status)
			}
		})
	}
}

func TestTheKeySetIsDownOnTheWire(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	srv.FaultJSON(t, `{"id":"x","kind":"jwks_down","match":{"operation":"listKeys"},"when":{"times":1}}`)
	token := answered(t, srv, srv.HTTP(), "POST", "/idp/token", grant).member(t, "id_token")
	if err := judged(t, srv, token); err == nil {
		t.Error("the library takes a token without keys")
	}
	if err := judged(t, srv, token); err != nil {
		t.Errorf("when the keys are back: %v", err)
	}
}

func TestRightsInMidSessionOnTheWire(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string][]int{ // of four reads, the second of which meets the fault
		"revoked":       {200, 401, 401, 401},
		"scope_reduced": {200, 403, 200, 200},
	} {
		srv := mock.Start(t)
		token := answered(t, srv, srv.HTTP(), "POST", "/idp/token", grant).member(t, "access_token")
		srv.FaultJSON(t, `{"id":"x","kind":"`+kind+`","match":{"operation":"getTenant"},"when":{"after":1,"times":1}}`)
		var got []int
		for range 4 {
			got = append(got, asked(t, srv, token))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", kind, got, want)
		}
	}
	srv := mock.Start(t)
	c := srv.Client(t, mock.Partner)
	srv.FaultJSON(t, `{"id":"x","kind":"role_changed","when":{"times":1},"with":{"role":"readonly_admin"}}`)
	for _, want := range []int{403, 200} {
		if got := answered(t, srv, c, "POST", "/users", userNamed("newcomer")); got.status != want {
			t.Errorf("role_changed: got %d %s, want %d", got.status, got.body, want)
		}
	}
}
