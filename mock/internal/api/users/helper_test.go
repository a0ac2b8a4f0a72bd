package users_test

import (
	"fmt"
	"maps"
	"net/url"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// obj is a JSON object.
type obj = map[string]any

// person is the body that creates a user, with the members of more laid over it.
func person(tenant, login string, more ...obj) obj {
	body := obj{"tenant_id": tenant, "login": login, "contact": obj{"email": "someone@mysite.example"}}
	for _, m := range more {
		maps.Copy(body, m)
	}
	return body
}

func newUser(c *apitest.Client, tenant, login string, more ...obj) *apitest.Answer {
	return c.Post("/users", person(tenant, login, more...)).Want(200)
}

func newTenant(c *apitest.Client, parent, kind, name string) string {
	return c.Post("/tenants", obj{"name": name, "parent_id": parent, "kind": kind}).Want(201).Text("/id")
}

// activated creates a user with a password.
func activated(c *apitest.Client, tenant, login, password string) string {
	id := newUser(c, tenant, login).Text("/id")
	c.Post("/users/"+id+"/password", obj{"password": password}).Want(204)
	return id
}

// role is a new policy as clients send it.
func role(name, tenant string) obj {
	return obj{"id": nilUUID, "issuer_id": nilUUID, "version": 0, "trustee_type": "user", "tenant_id": tenant, "role_id": name}
}

func grant(c *apitest.Client, user string, policies ...obj) *apitest.Answer {
	return c.Put("/users/"+user+"/access_policies", obj{"items": append([]obj{}, policies...)})
}

const nilUUID = "00000000-0000-0000-0000-000000000000"

// ids are the ids of a list's items, in their order.
func ids(t testing.TB, a *apitest.Answer) []string {
	t.Helper()
	found := make([]string, a.Len("/items"))
	for i := range found {
		found[i] = a.Text(fmt.Sprintf("/items/%d/id", i))
	}
	return found
}

// query is /users with parameters.
func query(params ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		q.Set(params[i], params[i+1])
	}
	return "/users?" + q.Encode()
}
