package mock_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/tenantry/tenantry/mock"
)

// exampleT stands for the *testing.T that a test has and an example lacks.
type exampleT struct{ ended []func() }

func (t *exampleT) Helper()                  {}
func (t *exampleT) Cleanup(f func())         { t.ended = append(t.ended, f) }
func (t *exampleT) Context() context.Context { return context.Background() }
func (t *exampleT) Failed() bool             { return false }
func (t *exampleT) Name() string             { return "example" }

func (t *exampleT) Logf(format string, args ...any)   { fmt.Printf(format+"\n", args...) }
func (t *exampleT) Errorf(format string, args ...any) { t.Logf(format, args...) }
func (t *exampleT) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// newT is a test that ends with the function that it returns.
func newT() (t *exampleT, end func()) {
	t = &exampleT{}
	return t, func() {
		for i := len(t.ended) - 1; i >= 0; i-- {
			t.ended[i]()
		}
	}
}

// show prints the status of an answer, and the part of its body that is asked for.
func show(c *http.Client, url, part string) {
	resp, err := c.Get(url) //nolint:noctx // an example's
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(resp.StatusCode, strings.Contains(string(body), part))
}

var _ mock.T = (*exampleT)(nil)
