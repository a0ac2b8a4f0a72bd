package duel

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// Token gets an access token of a client from the API, whose base URL is given with its /api/2.
func Token(base, client, secret string) (string, error) {
	form := "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret
	var answer struct {
		Token string `json:"access_token"`
	}
	if _, err := call(base, Shot{Method: http.MethodPost, Path: "/idp/token", Body: form}, &answer); err != nil {
		return "", fmt.Errorf("get a token: %w", err)
	}
	return answer.Token, nil
}

// FirstUser makes a user of a tenant, whose answer is the one to be compared with.
func FirstUser(base, token, tenant string) (id string, answer []byte, err error) {
	var user struct{ ID string }
	if answer, err = call(base, creation(token, tenant, "first"), &user); err != nil {
		return "", nil, fmt.Errorf("make a user: %w", err)
	}
	return user.ID, answer, nil
}

// Creations makes requests for users of a tenant that there are not yet.
func Creations(token, tenant string) func(n int) Shot {
	return func(n int) Shot { return creation(token, tenant, "bench"+strconv.Itoa(n)) }
}

// Person is the body of a request for a user.
func Person(tenant, login string) string {
	return `{"tenant_id":"` + tenant + `","login":"` + login + `","contact":{"email":"` + login +
		`@example.com","firstname":"Ben","lastname":"Mark"}}`
}

func creation(token, tenant, login string) Shot {
	return Shot{Method: http.MethodPost, Path: "/users", Token: token, Body: Person(tenant, login)}
}

// call sends one request over a connection of its own and decodes the answer.
func call(base string, s Shot, into any) ([]byte, error) {
	g := NewGunner(base)
	defer g.transport.CloseIdleConnections()
	body, err := g.Fire(s)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return nil, fmt.Errorf("%s %s answered %q: %w", s.Method, s.Path, body, err)
	}
	return body, nil
}
