package mock_test

import (
	"context"
	"net/http"
	"net/http/httptest"
)

// Identities of the demo world.
const (
	harbor        = "a0000000-0000-4000-8000-000000000002"
	partnerClient = "c11e0000-0000-4000-8000-000000000001"
	partnerSecret = "5ec2e75ec2e75ec2e75ec2e75ec2e75e"
)

func background() context.Context { return context.Background() }

// get calls the handler without a network, with the partner's client.
func get(h http.Handler, path string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodGet, "/api/2"+path, nil)
	req.SetBasicAuth(partnerClient, partnerSecret)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}
