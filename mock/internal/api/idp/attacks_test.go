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
	"maps"
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

// A forger has a genuine token, the public key, and a key pair of its own.
type forger struct {
	t       *testing.T
	genuine string
	parts   []string
	kid     string
	public  *rsa.PublicKey
	own     *rsa.PrivateKey
}

func forgerFor(t *testing.T, w *world, genuine string) *forger {
	t.Helper()
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(w.get("/api/2/idp/keys").Body), &set); err != nil {
		t.Fatalf("read the keys: %v", err)
	}
	own, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatalf("make a key: %v", err)
	}
	return &forger{t, genuine, strings.Split(genuine, "."), set.Keys[0].KeyID, set.Keys[0].Key.(*rsa.PublicKey), own}
}

// head is a header with other members in front of the genuine claims; a nil member is left out.
func (f *forger) head(members map[string]any) string {
	header := map[string]any{"alg": "RS256", "kid": f.kid, "typ": "at+jwt"}
	for name, value := range members {
		if header[name] = value; value == nil {
			delete(header, name)
		}
	}
	return segment(f.t, header) + "." + f.parts[1]
}

// byAlgorithm are tokens that name another algorithm.
func (f *forger) byAlgorithm() map[string]string {
	der, err := x509.MarshalPKIXPublicKey(f.public)
	if err != nil {
		f.t.Fatalf("encode the public key: %v", err)
	}
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	named := func(alg any, signature string) string { return f.head(map[string]any{"alg": alg}) + "." + signature }
	hmacHead := f.head(map[string]any{"alg": "HS256"})
	return map[string]string{
		"alg none":                             named("none", ""),
		"alg None":                             named("None", ""),
		"alg NONE, with the signature":         named("NONE", f.parts[2]),
		"alg nOnE":                             named("nOnE", ""),
		"no alg":                               named(nil, f.parts[2]),
		"alg empty":                            named("", f.parts[2]),
		"RS512, unsigned by that":              named("RS512", f.parts[2]),
		"PS256, unsigned by that":              named("PS256", f.parts[2]),
		"HS256 with the public key in PEM":     hs256(asPEM, hmacHead),
		"HS256 with the public key in PEM, -n": hs256([]byte(strings.TrimSpace(string(asPEM))), hmacHead),
		"HS256 with the public key in DER":     hs256(der, hmacHead),
		"HS256 with the PKCS#1 public key":     hs256(x509.MarshalPKCS1PublicKey(f.public), hmacHead),
		"HS256 with the modulus":               hs256(f.public.N.Bytes(), hmacHead),
		"HS256 with the key id":                hs256([]byte(f.kid), hmacHead),
		"HS256 with nothing":                   hs256(nil, hmacHead),
	}
}

// byKey are tokens that another key signed.
func (f *forger) byKey(evil string) map[string]string {
	jwk := jose.JSONWebKey{Key: &f.own.PublicKey, KeyID: f.kid, Algorithm: "RS256"}
	signed := map[string]string{}
	for name, members := range map[string]map[string]any{
		"another key under our kid":     {},
		"another key under its own kid": {"kid": "mine"},
		"another key without a kid":     {"kid": nil},
		"another key in the header":     {"jwk": jwk},
		"another key by address":        {"jku": evil, "x5u": evil},
		"a kid that is a path":          {"kid": "../../../../dev/null"},
		"a kid that is a query":         {"kid": "x' UNION SELECT 'key"},
		"a kid that is a list":          {"kid": []string{f.kid}},
	} {
		signed[name] = rs256(f.t, f.own, f.head(members))
	}
	return signed
}

// byShape are tokens that hold the genuine signature in another frame.
func (f *forger) byShape() map[string]string {
	head, body, signature := f.parts[0], f.parts[1], f.parts[2]
	return map[string]string{
		"a critical extension":               f.head(map[string]any{"crit": []string{"b64"}, "b64": false}) + "." + signature,
		"our signature under another header": f.head(map[string]any{"nri": 1}) + "." + signature,
		"no signature":                       head + "." + body + ".",
		"two parts":                          head + "." + body,
		"four parts":                         f.genuine + "." + signature,
		"five parts, as if encrypted":        f.genuine + "..",
		"a JSON serialization":               `{"payload":"` + body + `","protected":"` + head + `","signature":"` + signature + `"}`,
		"a padded body":                      head + "." + body + "=." + signature,
		"the payload of somebody else":       head + "." + segment(f.t, map[string]any{"jti": "x", "sub": string(admin)}) + "." + signature,
	}
}

func (f *forger) all(evil string) map[string]string {
	all := f.byAlgorithm()
	maps.Copy(all, f.byKey(evil))
	maps.Copy(all, f.byShape())
	return all
}

// TestForgedTokens holds that no trick with algorithms, keys or key ids makes a token that counts, wherever tokens are
// taken.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	w := startPeople(t)
	genuine := w.tokens(api+":secret", "grant_type=client_credentials").text("access_token")
	t.Run("group", func(t *testing.T) {
		for name, token := range forgerFor(t, w, genuine).all(w.url + "/evil") {
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
