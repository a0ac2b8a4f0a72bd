package mock

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/tenantry/tenantry/mock/internal/fault/inject"
	"github.com/tenantry/tenantry/mock/internal/journal/record"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// sandboxPrefix is how a path names a sandbox: /s/{id}/api/2/….
const sandboxPrefix = "/s/"

// ServeHTTP answers one request. It strips the prefix of the sandbox and a trailing slash, then routes.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, prefix, path := splitSandbox(r.URL.Path)
	ex := &op.Exchange{Base: s.base(r) + prefix, Prefix: prefix}
	ex.World, ex.Err = s.worlds.Find(id)
	if ex.Err != nil {
		ex.World = s.defaultWorld()
	}
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	if path != r.URL.Path {
		r = withPath(r, path)
	}
	ctx := op.With(r.Context(), ex)
	ex.Request = r.WithContext(ctx)
	s.echo.ServeHTTP(w, ex.Request)
}

// splitSandbox divides /s/{id}/rest; without the prefix the sandbox is the default one.
func splitSandbox(path string) (id, prefix, rest string) {
	after, ok := strings.CutPrefix(path, sandboxPrefix)
	if !ok {
		return sandbox.Default, "", path
	}
	id, _, _ = strings.Cut(after, "/")
	prefix = sandboxPrefix + id
	return id, prefix, strings.TrimPrefix(path, prefix)
}

// base is the URL that was dialled, without a path.
func (s *Server) base(r *http.Request) string {
	if s.cfg.BaseURL != "" {
		return strings.TrimSuffix(s.cfg.BaseURL, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// withPath is a shallow copy of the request for another path. RawPath is left out: a parameter with an escaped
// slash names no object.
func withPath(r *http.Request, path string) *http.Request {
	out := new(http.Request)
	*out = *r
	u := *r.URL
	u.Path, u.RawPath = path, ""
	out.URL = &u
	return out
}

// routes registers each operation under each of its bases.
func (s *Server) routes(doc *openapi.Document, handlers map[string]op.Handler) {
	methods := map[string][]string{}
	for _, o := range doc.Operations() {
		chain := s.chain(handlers[o.ID])
		for _, base := range o.Bases {
			path := base + echoPath(o.Path)
			s.echo.Add(o.Method, path, s.serve(o, chain))
			methods[path] = append(methods[path], o.Method)
		}
	}
	for path, allowed := range methods { // echo would answer OPTIONS by itself
		s.echo.OPTIONS(path, noOptions(strings.Join(allowed, ", ")))
	}
	refuse := s.refusals()
	s.echo.HTTPErrorHandler = func(err error, c echo.Context) {
		ex := exchangeOf(c)
		ex.Cause = op.CauseRoute
		if ex.Err == nil {
			ex.Err = routeError(err, c)
		}
		_ = refuse(c.Request().Context(), ex) // fills in the reply
		send(c, ex)
	}
}

// noOptions refuses OPTIONS, which no operation has, and says what there is.
func noOptions(allowed string) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Set(echo.ContextKeyHeaderAllow, allowed)
		return echo.ErrMethodNotAllowed
	}
}

// echoPath turns /users/{user_id} into /users/:user_id.
func echoPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// serve runs the chain of one operation and sends its reply.
func (s *Server) serve(o *openapi.Operation, chain op.Handler) echo.HandlerFunc {
	return func(c echo.Context) error {
		ex := exchangeOf(c)
		if ex.Err != nil || !pathParams(c, ex) {
			return echo.ErrNotFound
		}
		ex.Operation = o
		_ = chain(c.Request().Context(), ex) // fills in the reply
		send(c, ex)
		return nil
	}
}

// pathParams collects the parameters; echo lets the last one run over slashes, which is no match.
func pathParams(c echo.Context, ex *op.Exchange) bool {
	names, values := c.ParamNames(), c.ParamValues()
	ex.Path = make(map[string]string, len(names))
	for i, name := range names {
		if strings.Contains(values[i], "/") {
			return false
		}
		ex.Path[name] = values[i]
	}
	return true
}

func exchangeOf(c echo.Context) *op.Exchange { return op.From(c.Request().Context()) }

func routeError(err error, c echo.Context) error {
	r := c.Request()
	status := &echo.HTTPError{}
	if errors.As(err, &status) && status.Code == http.StatusMethodNotAllowed {
		allow, _ := c.Get(echo.ContextKeyHeaderAllow).(string)
		return &model.Error{
			Kind: model.NotAllowed, Reason: "method_not_allowed", Message: "Method not allowed",
			Info:   fmt.Sprintf("%s is not allowed on %s; allowed: %s", r.Method, r.URL.Path, allow),
			Header: map[string]string{"Allow": allow},
		}
	}
	return &model.Error{
		Kind: model.NotFound, Reason: "not_found", Message: "Not found",
		Info: fmt.Sprintf("no operation has the path %s", r.URL.Path),
	}
}

// send writes the reply, headers and body at once, or as a fault wants it. The journal is complete by then, and is told
// whether the reply left.
func send(c echo.Context, ex *op.Exchange) {
	w := c.Response().Writer
	for name, values := range ex.Reply.Header {
		w.Header()[name] = values
	}
	if ex.Cause != op.CauseNone {
		w.Header().Set("X-Tenantry-Cause", string(ex.Cause))
	}
	err := errAborted
	defer func() { record.Sent(ex, err) }() // a delivery may abort the handler, as net/http wants it
	err = deliver(w, ex)
}

var errAborted = errors.New("the connection was aborted")

func deliver(w http.ResponseWriter, ex *op.Exchange) error {
	if ex.Delivery != nil {
		return inject.Deliver(w, ex.Request, ex)
	}
	w.WriteHeader(ex.Reply.Status)
	_, err := w.Write(ex.Reply.Body) // a client that has gone is no error of ours
	return err
}
