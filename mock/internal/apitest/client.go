package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// Client sends requests with one kind of credentials. Paths begin below /api/2.
type Client struct {
	t    testing.TB
	base string
	sign func(*http.Request)
	http *http.Client
}

// Get sends no body.
func (c *Client) Get(path string) *Answer { c.t.Helper(); return c.Do("GET", path, nil) }

// Post sends a value as JSON, a string as it is, or nothing when body is nil.
func (c *Client) Post(path string, body any) *Answer { c.t.Helper(); return c.Do("POST", path, body) }

// Put sends a body as Post does.
func (c *Client) Put(path string, body any) *Answer { c.t.Helper(); return c.Do("PUT", path, body) }

// Delete sends no body.
func (c *Client) Delete(path string) *Answer { c.t.Helper(); return c.Do("DELETE", path, nil) }

// Form posts a form.
func (c *Client) Form(path string, form url.Values) *Answer {
	c.t.Helper()
	return c.Send("POST", path, "application/x-www-form-urlencoded", []byte(form.Encode()))
}

// Do sends JSON.
func (c *Client) Do(method, path string, body any) *Answer {
	c.t.Helper()
	switch body := body.(type) {
	case nil:
		return c.Send(method, path, "", nil)
	case string:
		return c.Send(method, path, "application/json", []byte(body))
	}
	data, err := json.Marshal(body)
	if err != nil {
		c.t.Fatalf("encode the body of %s %s: %v", method, path, err)
	}
	return c.Send(method, path, "application/json", data)
}

// Send sends bytes of a media type; "" leaves Content-Type out.
func (c *Client) Send(method, path, mediaType string, body []byte) *Answer {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatalf("make the request %s %s: %v", method, path, err)
	}
	if body == nil {
		req.Body = http.NoBody
		req.ContentLength = 0
	}
	if mediaType != "" {
		req.Header.Set("Content-Type", mediaType)
	}
	c.sign(req)
	return c.send(req)
}

func (c *Client) send(req *http.Request) *Answer {
	c.t.Helper()
	resp, err := c.http.Do(req)
	if err != nil {
		c.t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatalf("%s %s: read the answer: %v", req.Method, req.URL.Path, err)
	}
	return &Answer{t: c.t, call: req.Method + " " + req.URL.RequestURI(), Status: resp.StatusCode, Header: resp.Header, Body: data}
}

// Answer is what came back.
type Answer struct {
	t      testing.TB
	call   string
	Status int
	Header http.Header
	Body   []byte
}

// Want ends the test unless the answer has the status.
func (a *Answer) Want(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s: got %d, want %d: %s", a.call, a.Status, status, a.Body)
	}
	return a
}

// Refused ends the test unless the answer is an error with that status and error.code.
func (a *Answer) Refused(status, code int) *Answer {
	a.t.Helper()
	a.Want(status)
	if got := a.Int("/error/code"); got != int64(code) {
		a.t.Fatalf("%s: got error code %d, want %d: %s", a.call, got, code, a.Body)
	}
	return a
}

// Into decodes the answer.
func (a *Answer) Into(v any) *Answer {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%s: decode %s: %v", a.call, a.Body, err)
	}
	return a
}

// Value is the value at a JSON pointer, numbers as json.Number. A pointer to nothing ends the test.
func (a *Answer) Value(pointer string) any {
	a.t.Helper()
	v, ok := a.Find(pointer)
	if !ok {
		a.t.Fatalf("%s: the answer has nothing at %s: %s", a.call, pointer, a.Body)
	}
	return v
}

// Find is the value at a JSON pointer, if there is one.
func (a *Answer) Find(pointer string) (any, bool) {
	a.t.Helper()
	d := json.NewDecoder(bytes.NewReader(a.Body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		a.t.Fatalf("%s: decode %q: %v", a.call, a.Body, err)
	}
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if step == "" {
			continue
		}
		var ok bool
		if v, ok = member(v, step); !ok {
			return nil, false
		}
	}
	return v, true
}

func member(v any, step string) (any, bool) {
	switch v := v.(type) {
	case map[string]any:
		m, ok := v[step]
		return m, ok
	case []any:
		i, err := strconv.Atoi(step)
		if err != nil || i < 0 || i >= len(v) {
			return nil, false
		}
		return v[i], true
	}
	return nil, false
}

// Text is the text at a JSON pointer.
func (a *Answer) Text(pointer string) string {
	a.t.Helper()
	s, ok := a.Value(pointer).(string)
	if !ok {
		a.t.Fatalf("%s: %s is no text: %s", a.call, pointer, a.Body)
	}
	return s
}

// Int is the integer at a JSON pointer.
func (a *Answer) Int(pointer string) int64 {
	a.t.Helper()
	n, ok := a.Value(pointer).(json.Number)
	if !ok {
		a.t.Fatalf("%s: %s is no number: %s", a.call, pointer, a.Body)
	}
	i, err := n.Int64()
	if err != nil {
		a.t.Fatalf("%s: %s is no integer: %s", a.call, pointer, a.Body)
	}
	return i
}

// Len is the number of items of the array at a JSON pointer.
func (a *Answer) Len(pointer string) int {
	a.t.Helper()
	list, ok := a.Value(pointer).([]any)
	if !ok {
		a.t.Fatalf("%s: %s is no array: %s", a.call, pointer, a.Body)
	}
	return len(list)
}
