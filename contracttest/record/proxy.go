package record

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// forwarded are the headers that the proxy of the library would take away as its own.
var forwarded = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"}

// forward sends a request on and fills the answer in.
func (r *Recorder) forward(w http.ResponseWriter, req *http.Request, x *exchange) {
	proxy := httputil.ReverseProxy{
		Transport: r.cfg.Transport,
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(r.cfg.Upstream)
			p.Out.URL.RawQuery = p.In.URL.RawQuery // also what the library cannot read
			for _, name := range forwarded {
				if values, sent := p.In.Header[name]; sent {
					p.Out.Header[name] = values
				}
			}
		},
		ModifyResponse: func(resp *http.Response) error { return r.receive(resp, x, at(req)) },
		ErrorHandler: func(w http.ResponseWriter, req *http.Request, err error) {
			x.status, x.answer = 0, message{}
			x.failure = "the upstream gives no answer: " + err.Error()
			if req.Context().Err() != nil {
				x.failure = "the client went away before the answer"
			}
			refuse(w, http.StatusBadGateway, x.failure)
		},
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelWarn), // the line of the exchange tells it
	}
	proxy.ServeHTTP(w, req)
}

// at is the address that a client dialled.
func at(req *http.Request) string {
	if req.TLS != nil {
		return "https://" + req.Host
	}
	return "http://" + req.Host
}

// receive keeps an answer and leads its redirect back to the proxy, which stands at an address.
func (r *Recorder) receive(resp *http.Response, x *exchange, proxy string) error {
	x.status, x.answer.header = resp.StatusCode, resp.Header.Clone()
	if to := resp.Header.Get("Location"); to != "" {
		resp.Header.Set("Location", redirect(to, strings.TrimRight(r.cfg.Upstream.String(), "/"), proxy))
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return nil // what follows is no body
	}
	body, raw, err := peek(resp.Body, r.cfg.Body)
	if err != nil {
		return err
	}
	x.answer.fill(raw, int64(len(raw)) <= r.cfg.Body, r.cfg.Body)
	resp.Body = body
	return nil
}

// peek reads a body as far as the limit and one byte more, and gives it back as it was.
func peek(body io.ReadCloser, limit int64) (again io.ReadCloser, raw []byte, err error) {
	raw, err = io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(raw), body), body}, raw, nil
}

// redirect replaces an address in a URL, in its query too, where the issuer stands (RFC 9207).
func redirect(to, from, by string) string {
	to = readdress(to, from, by)
	return readdress(to, url.QueryEscape(from), url.QueryEscape(by))
}

// readdress replaces an address where nothing follows that makes it another one.
func readdress(text, from, by string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, from)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if ends(after) {
			b.WriteString(by)
		} else {
			b.WriteString(from)
		}
		text = after
	}
}

func ends(after string) bool {
	if after == "" || strings.HasPrefix(after, "%") {
		return !strings.HasPrefix(strings.ToUpper(after), "%3A") // a port follows
	}
	return strings.ContainsAny(after[:1], "/?#&")
}

// refuse answers in the envelope that errors of the API have.
func refuse(w http.ResponseWriter, status int, message string) {
	text, err := json.Marshal(map[string]any{"error": map[string]any{"code": status, "message": message}})
	if err != nil {
		text = nil // texts and numbers always encode
	}
	w.Header().Set("Content-Type", mediaJSON)
	w.WriteHeader(status)
	_, _ = w.Write(text) // the client may be gone
}
