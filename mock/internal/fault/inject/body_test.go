package inject_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

func TestBodiesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	t.Run("JSON that ends too early", func(t *testing.T) {
		t.Parallel()
		s := newWire(t, `{"id":"a","kind":"malformed_body"}`).overTCP()
		_, head, body, err := s.read()
		if err != nil || body != text[:len(text)-1] || json.Valid([]byte(body)) || head.Get("Content-Length") != "40" {
			t.Errorf("got %q, %v", body, err)
		}
	})
	t.Run("another charset than announced", func(t *testing.T) {
		t.Parallel()
		s := newWire(t, `{"id":"a","kind":"malformed_body","with":{"mode":"wrong_charset"}}`).overTCP()
		_, head, body, err := s.read()
		if err != nil || head.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Fatal(head, err)
		}
		units := make([]uint16, len(body)/2)
		for i := range units {
			units[i] = uint16(body[2*i]) | uint16(body[2*i+1])<<8
		}
		if got := string(utf16.Decode(units)); got != text {
			t.Errorf("as UTF-16 it is %q", got)
		}
	})
	t.Run("gzip that is none", func(t *testing.T) {
		t.Parallel()
		s := newWire(t, `{"id":"a","kind":"malformed_body","with":{"mode":"bad_gzip"}}`).overTCP()
		if _, _, _, err := s.read(); err == nil || !strings.Contains(err.Error(), "gzip") {
			t.Errorf("the client unpacked it: %v", err)
		}
	})
	t.Run("garbage, the same for the same seed", func(t *testing.T) {
		t.Parallel()
		rule := `{"id":"a","kind":"malformed_body","with":{"mode":"garbage"}}`
		_, _, one, err := newWire(t, rule).overTCP().read()
		if err != nil || len(one) != len(text) || json.Valid([]byte(one)) {
			t.Errorf("got %q, %v", one, err)
		}
		if _, _, two, _ := newWire(t, rule).overTCP().read(); one != two {
			t.Errorf("first %q, then %q", one, two)
		}
	})
}

func TestTheErrorPageOfAProxy(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rule   string
		status int
		runs   int64
	}{
		"by default":           {`{"id":"a","kind":"wrong_content_type"}`, 502, 0},
		"even with success":    {`{"id":"a","kind":"wrong_content_type","with":{"status":200}}`, 200, 0},
		"although it was done": {`{"id":"a","kind":"wrong_content_type","phase":"after"}`, 502, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, tt.rule).overTCP()
			status, head, body, err := s.read()
			if err != nil || status != tt.status || head.Get("Content-Type") != "text/html" || !strings.HasPrefix(body, "<html>") {
				t.Errorf("got %d %v %q, %v", status, head, body, err)
			}
			if !(<-s.last).Injected || s.runs.Load() != tt.runs {
				t.Errorf("the operation ran %d times", s.runs.Load())
			}
		})
	}
}

func TestHeadersThatComeMoreThanOnce(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		with string
		name string
		want []string
	}{
		"the same twice":         {`{}`, "Content-Type", []string{"application/json; charset=utf-8", "application/json; charset=utf-8"}},
		"another value":          {`{"value":"text/plain","times":3}`, "Content-Type", []string{"application/json; charset=utf-8", "text/plain", "text/plain"}},
		"one that was not there": {`{"name":"x-trace"}`, "X-Trace", []string{"duplicate", "duplicate"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, `{"id":"a","kind":"duplicate_header","with":`+tt.with+`}`).overTCP()
			_, head, body, err := s.read()
			if diff := cmp.Diff(tt.want, head[tt.name]); diff != "" || err != nil || body != text {
				t.Errorf("headers of %q, %v (-want +got):\n%s", body, err, diff)
			}
		})
	}
}

func TestAnswersThatAreTooLarge(t *testing.T) {
	t.Parallel()
	t.Run("a body stays JSON", func(t *testing.T) {
		t.Parallel()
		s := newWire(t, `{"id":"a","kind":"oversize","with":{"body_bytes":16777216}}`).overTCP()
		_, _, body, err := s.read()
		if err != nil || len(body) != 16<<20 || !json.Valid([]byte(body)) {
			t.Errorf("got %d bytes, %v", len(body), err)
		}
	})
	t.Run("headers over the limit of the client", func(t *testing.T) {
		t.Parallel()
		s := newWire(t, `{"id":"a","kind":"oversize","with":{"header_bytes":11000000}}`).overTCP()
		if _, _, _, err := s.read(); err == nil || !strings.Contains(err.Error(), "header") {
			t.Errorf("the client took them: %v", err)
		}
	})
}

func TestDriftsOnTheWire(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ with, want string }{
		"a new member":          {`{"mode":"new_member"}`, `{"count":12,"introduced_later":{"since":"2.1"},"list":[1,2,3],"name":"Acme"}`},
		"a number as text":      {`{"mode":"number_as_string"}`, `{"count":"12","list":[1,2,3],"name":"Acme"}`},
		"a member by its name":  {`{"mode":"null","member":"list"}`, `{"count":12,"list":null,"name":"Acme"}`},
		"a member that is left": {`{"mode":"missing_optional","member":"name"}`, `{"count":12,"list":[1,2,3]}`},
		"no member of the name": {`{"mode":"null","member":"other"}`, text},
		"no enum":               {`{"mode":"unknown_enum"}`, text},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newWire(t, `{"id":"a","kind":"schema_drift","with":`+tt.with+`}`).overTCP()
			status, _, body, err := s.read()
			if status != http.StatusOK || body != tt.want || err != nil {
				t.Errorf("got %d %s, %v; want %s", status, body, err, tt.want)
			}
			if ex := <-s.last; ex.Injected != (body != text) {
				t.Errorf("injected is %v", ex.Injected)
			}
		})
	}
}
