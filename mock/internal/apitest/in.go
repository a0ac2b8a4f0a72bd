package apitest

import (
	"strings"
	"testing"
)

// In is the same client for a part of the test, which fails in its place:
//
//	t.Run(name, func(t *testing.T) { api.In(t).Get(path).Want(404) })
func (c *Client) In(t testing.TB) *Client {
	t.Helper()
	part := *c
	part.t = t
	return &part
}

// AtRoot is a copy of the client whose paths begin at the root of the host.
func (c *Client) AtRoot() *Client {
	top := *c
	top.base = strings.TrimSuffix(c.base, "/api/2")
	return &top
}
