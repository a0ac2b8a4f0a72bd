package contracttest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
	"github.com/tenantry/tenantry/contracttest/value"
)

const (
	// longestMargin is how long before it expires a token is renewed, at most; of a short one, a tenth of its life.
	longestMargin = time.Minute
	// maxToken bounds the answer of the token endpoint.
	maxToken = 1 << 20
	// longestRefusal is how many characters of an error are shown.
	longestRefusal = 500
)

// ClientCredentials makes bearer tokens by the grant client_credentials (reference, POST /idp/token) and keeps each until
// shortly before it expires. It is safe for concurrent use: at most one token is asked for at a time.
type ClientCredentials struct {
	Target     string // as in Config
	ID, Secret string
	Client     run.Doer
	Clock      run.Clock
	Timeout    time.Duration // of a request; 30 s if zero

	mu    sync.Mutex
	token string
	renew time.Time
}

// Token returns a token that is valid for a while.
func (c *ClientCredentials) Token(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.Clock.Now()
	if c.token != "" && now.Before(c.renew) {
		return c.token, nil
	}
	answer, err := c.ask(ctx)
	if err != nil {
		return "", fmt.Errorf("get a token for client %s: %w", c.ID, c.harmless(err))
	}
	life := answer.life(now)
	c.token, c.renew = answer.AccessToken, now.Add(life-min(life/10, longestMargin))
	return c.token, nil
}

// harmless is an error without the secret and on one line of bounded length: what an endpoint says of a refusal may hold
// anything.
func (c *ClientCredentials) harmless(err error) error {
	var mask report.Masker
	mask.Add(c.Secret)
	said := mask.Text(err.Error())
	text := value.Printable(said, "")
	if runes := []rune(text); len(runes) > longestRefusal {
		text = string(runes[:longestRefusal]) + "…"
	}
	if text == err.Error() {
		return err
	}
	return errors.New(text)
}

// Forget makes the next Token ask for a new one.
func (c *ClientCredentials) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.token = ""
}

// An issued token, as the platform answers it.
type issued struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int64  `json:"expires_in"`
	ExpiresOn   int64  `json:"expires_on"`

	Error       json.RawMessage `json:"error"`
	Description string          `json:"error_description"`
}

// life is how long the token lives. expires_in is preferred: expires_on is a time of the target's clock. Without either the
// token is used once.
func (i *issued) life(now time.Time) time.Duration {
	switch {
	case i.ExpiresIn > 0:
		return time.Duration(i.ExpiresIn) * time.Second
	case i.ExpiresOn > 0:
		return max(0, time.Unix(i.ExpiresOn, 0).Sub(now))
	}
	return 0
}

func (c *ClientCredentials) ask(ctx context.Context) (*issued, error) {
	root := strings.TrimSuffix(strings.TrimRight(c.Target, "/"), "/api/2")
	form := strings.NewReader("grant_type=client_credentials")
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, root+"/api/2/idp/token", form)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth(url.QueryEscape(c.ID), url.QueryEscape(c.Secret)) // RFC 6749, 2.3.1
	status, body, err := run.Patient{Client: c.Client, Clock: c.Clock, Timeout: c.Timeout}.Do(req, maxToken)
	if err != nil {
		return nil, err
	}
	return read(status, body)
}

func read(status int, body []byte) (*issued, error) {
	var answer issued
	err := json.Unmarshal(body, &answer)
	switch {
	case status != http.StatusOK && err == nil && answer.Error != nil:
		return nil, fmt.Errorf("the answer is %d: %s %s", status, answer.Error, answer.Description)
	case status != http.StatusOK:
		return nil, fmt.Errorf("the answer is %d", status)
	case err != nil:
		return nil, fmt.Errorf("the answer is no JSON: %w", err)
	case answer.AccessToken == "":
		return nil, errors.New("the answer has no access_token")
	}
	return &answer, nil
}
