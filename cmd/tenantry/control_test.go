package main

import (
	"net/http"
	"testing"
)

// The control plane goes by the address it listens on and by the names of --control-host; under any other name it is not
// the one that was meant, see RFC 9110, 15.5.20.
func TestTheControlPlaneGoesByItsNamesAlone(t *testing.T) {
	t.Parallel()
	p := startServer(t, "--control-host", "mock.test", "--control-host", "ci.test:80")
	for host, want := range map[string]int{
		"":               http.StatusOK,
		"localhost:1":    http.StatusOK,
		"mock.test":      http.StatusOK,
		"ci.test":        http.StatusOK,
		"attack.example": http.StatusMisdirectedRequest,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.control()+"/_mock/v1/version", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		if err := expect(req, want); err != nil {
			t.Errorf("as %q: %v", host, err)
		}
	}
}

// What listens everywhere is announced by an address that can be dialled, and known under it.
func TestAControlPlaneForOthersIsFoundHereToo(t *testing.T) {
	t.Parallel()
	p := startServer(t, "--control", ":0", "--control-token", "secret")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.control()+"/_mock/v1/version", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if err := expect(req, http.StatusUnauthorized); err != nil {
		t.Error(err)
	}
	req.Header.Set("Authorization", "Bearer secret")
	if err := expect(req, http.StatusOK); err != nil {
		t.Error(err)
	}
}
