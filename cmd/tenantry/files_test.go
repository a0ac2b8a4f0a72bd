package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// With --signing-key the published key is the one of the file.
func TestTokensAreSignedWithTheGivenKey(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	p := startServer(t, "--signing-key", pemFile(t, "PRIVATE KEY", der))
	var published struct{ Keys []struct{ N string } }
	getJSON(t, p.url()+"/api/2/idp/keys", &published)
	want := base64.RawURLEncoding.EncodeToString(key.N.Bytes())
	if len(published.Keys) != 1 || published.Keys[0].N != want {
		t.Errorf("GET /idp/keys: got %v, want the modulus %s", published.Keys, want)
	}
}

// With --tls-cert and --tls-key the server presents the certificate of the files, and links say https.
func TestTheGivenCertificateIsServed(t *testing.T) {
	t.Parallel()
	made, err := selfSigned(now())
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(made.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	leaf := made.Certificates[0].Certificate[0]
	p := startServer(t, "--tls-cert", pemFile(t, "CERTIFICATE", leaf), "--tls-key", pemFile(t, "PRIVATE KEY", key))
	var discovered struct{ Issuer string }
	presented := getJSON(t, p.url()+"/.well-known/openid-configuration", &discovered)
	if string(presented.PeerCertificates[0].Raw) != string(leaf) {
		t.Error("the server presents another certificate than the one of --tls-cert")
	}
	if discovered.Issuer != p.url() {
		t.Errorf("issuer: got %q, want %q", discovered.Issuer, p.url())
	}
}

func pemFile(t *testing.T, kind string, der []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.pem")
	if err := os.WriteFile(name, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// getJSON returns how the connection was secured.
func getJSON(t *testing.T, url string, into any) *tls.ConnectionState {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatalf("GET %s: %s: %v", url, resp.Status, err)
	}
	return resp.TLS
}
