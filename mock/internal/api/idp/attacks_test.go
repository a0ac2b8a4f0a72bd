package idp_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

func segment(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode %v: %v", v, err)
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

func hs256(secret []byte, signed string) string {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

func rs256(t testing.TB, key *rsa.PrivateKey, signed string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatalf("sign: %v", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// forgeries are tokens that an attacker makes of a real one, each by another trick.
func forgeries(t *testing.T, w *world, genuine string) map[string]string {
	t.Helper()
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(w.get("/api/2/idp/keys").Body), &set); err != nil {
		t.Fatalf("read the keys: %v", err)
	}
	public := set.Keys[0].Key.(*rsa.PublicKey)
	kid := set.Keys[0].KeyID
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatalf("encode the public key: %v", err)
	}
	own, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatalf("make a key: %v", err)
	}
	ownJWK := jose.JSONWebKey{Key: &own.PublicKey, KeyID: kid, Algorithm: "RS256"}
	parts := strings.Split(genuine, ".")
	body := parts[1]
	head := func(members map[string]any) string {
		header := map[string]any{"alg": "RS256", "kid": kid, "typ": "at+jwt"}
		for name, value := range members {
			header[name] = value
		}
		return segment(t, header) + "." + body
	}
	spelled := func(alg string) string { return head(map[string]any{"alg": alg}) + "." }
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	hmacHead := head(map[string]any{"alg": "HS256"})
	return map[string]string{
		"alg none":                             spelled("none"),
		"alg None":                             spelled("None"),
		"alg NONE, with the signature":         spelled("NONE") + parts[2],
		"alg nOnE":                             spelled("nOnE"),
		"no alg":                               segment(t, map[string]any{"kid": kid, "typ": "at+jwt"}) + "." + body + "." + parts[2],
		"alg empty":                            spelled("") + parts[2],
		"HS256 with the public key in PEM":     hs256(asPEM, hmacHead),
		"HS256 with the public key in PEM, -n": hs256([]byte(strings.TrimSpace(string(asPEM))), hmacHead),
		"HS256 with the public key in DER":     hs256(der, hmacHead),
		"HS256 with the PKCS#1 public key":     hs256(x509.MarshalPKCS1PublicKey(public), hmacHead),
		"HS256 with the modulus":               hs256(public.N.Bytes(), hmacHead),
		"HS256 with the key id":                hs256([]byte(kid), hmacHead),
		"HS256 with nothing":                   hs256(nil, hmacHead),
		"RS512, unsigned by that":              spelled("RS512") + parts[2],
		"PS256, unsigned by that":              spelled("PS256") + parts[2],
		"another key under our kid":            rs256(t, own, head(nil)),
		"another key under its own kid":        rs256(t, own, head(map[string]any{"kid": "mine"})),
		"another key without a kid":            rs256(t, own, segment(t, map[string]any{"alg": "RS256", "typ": "at+jwt"})+"."+body),
		"another key in the header":            rs256(t, own, head(map[string]any{"jwk": ownJWK})),
		"another key by address":               rs256(t, own, head(map[string]any{"jku": w.url + "/evil", "x5u": w.url + "/evil"})),
		"a kid that is a path":                 rs256(t, own, head(map[string]any{"kid": "../../../../dev/null"})),
		"a kid that is a query":                rs256(t, own, head(map[string]any{"kid": "x' UNION SELECT 'key"})),
		"a kid that is a list":                 rs256(t, own, head(map[string]any{"kid": []string{kid}})),
		"a critical extension":                 head(map[string]any{"crit": []string{"b64"}, "b64": false}) + "." + parts[2],
		"our signature under another header":   head(map[string]any{"nri": 1}) + "." + parts[2],
		"no signature":                         parts[0] + "." + body + ".",
		"two parts":                            parts[0] + "." + body,
		"four parts":                           genuine + "." + parts[2],
		"five parts, as if encrypted":          genuine + "..",
		"a JSON serialization":                 `{"payload":"` + body + `","protected":"` + parts[0] + `","signature":"` + parts[2] + `"}`,
		"a padded body":                        parts[0] + "." + body + "=." + parts[2],
		"the payload of somebody else":         parts[0] + "." + segment(t, map[string]any{"jti": "x", "sub": string(admin)}) + "." + parts[2],
	}
}

// TestForgedTokens holds that no trick with algorithms, keys or key ids makes a token that counts, wherever tokens are
// taken.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	genuine := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	t.Run("group", func(t *testing.T) {
		for name, token := range forgeries(t, w, genuine) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := w.of(t)
				if got := w.caller(token); got != "" {
					t.Errorf("as a bearer: got %q, want nobody", got)
				}
				if a := w.get("/whoami?access_token=" + url.QueryEscape(token)); a.Status != http.StatusUnauthorized {
					t.Errorf("as a parameter: got %d %s, want 401", a.Status, a.Body)
				}
				if a := w.introspected(token, ""); a.Body != `{"active":false}` {
					t.Errorf("introspected: got %s", a.Body)
				}
				if a := w.form("token", "", bearerForm(token, "")); a.Status != http.StatusBadRequest {
					t.Errorf("as an assertion: got %d %s, want 400", a.Status, a.Body)
				}
				w.form("revoke_token", api+":secret", "token="+url.QueryEscape(token))
			})
		}
	})
	if got := w.caller(genuine); got != api {
		t.Errorf("after all forgeries were revoked the real token is for %q, want %q", got, api)
	}
}

func TestIDTokenIsNoAccessToken(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	a := w.tokens(api+":secret", "grant_type=client_credentials")
	id := a.text("id_token")
	if got := w.caller(id); got != "" {
		t.Errorf("the id token makes the caller %q", got)
	}
	w.form("revoke_token", api+":secret", "token="+id)
	if got := w.caller(a.text("access_token")); got != api {
		t.Errorf("revoking the id token revoked the access token: got %q, want %q", got, api)
	}
}

func TestRefusalsNeverRepeatSecrets(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	const secret = "s3cr3t-of-the-caller"
	asks := map[string]*answer{
		"code":      w.form("token", web+":secret", "grant_type=authorization_code&code="+secret),
		"verifier":  w.form("token", web+":secret", "grant_type=authorization_code&code="+w.code(webAsks(pkce))+"&code_verifier="+secret+secret+secret),
		"device":    w.form("token", "", "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id="+spa+"&device_code="+secret),
		"assertion": w.form("token", "", bearerForm(secret, "")),
		"jwt":       w.form("token", "", bearerForm(secret+"."+secret+"."+secret, "")),
		"md5":       w.form("token", "", "grant_type=md5_password&username=admin&password="+secret),
		"totp":      w.form("token", "", phoneGrant+"&totp_code="+secret),
		"ott":       w.json("ott/login", "", `{"ott":"`+secret+`"}`),
		"page":      w.browser().fill(w.browser().open(webAsks("")), map[string]string{"username": "admin", "password": secret}),
	}
	for name, a := range asks {
		if a.Status < 400 || strings.Contains(a.Body, secret) {
			t.Errorf("%s: got %d %s, want a refusal that does not repeat the secret", name, a.Status, a.Body)
		}
	}
}
