package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/tenantry/tenantry/contracttest"
	"github.com/tenantry/tenantry/contracttest/control"
)

// targetFlags say what is judged, and with which credentials.
type targetFlags struct {
	target       string
	control      string
	controlToken string
	clientID     string
	secretFile   string
	rootID       string
	rootFile     string
	tenant       string
	allowWrites  bool
	inputs       []string
	runID        string
	caFile       string
	rate         float64
	timeout      time.Duration

	preferSandbox bool // where the target can make one, also if there are credentials: they may be of another endpoint
}

const controlAuto = "auto"

func (f *targetFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.target, "target", "http://127.0.0.1:8080", "URL of the endpoint: the cloud's address, or a server of ours")
	flags.StringVar(&f.control, "control", controlAuto, "control plane of the target; auto asks port 8081 of a loopback target, off asks nobody")
	flags.StringVar(&f.controlToken, "control-token", "", "token of the control plane, if it asks for one")
	flags.StringVar(&f.clientID, "client-id", "", "API client to act as; its secret is in TENANTRY_CLIENT_SECRET")
	flags.StringVar(&f.secretFile, "client-secret-file", "", "file that holds the client's secret")
	flags.StringVar(&f.rootID, "root-client-id", "", "client with service scopes, for scenarios that need it; secret in TENANTRY_ROOT_CLIENT_SECRET")
	flags.StringVar(&f.rootFile, "root-client-secret-file", "", "file that holds that client's secret")
	flags.StringVar(&f.tenant, "tenant", "", "id of the tenant under which everything is made")
	flags.BoolVar(&f.allowWrites, "allow-writes", false, "change the target; without it only reading scenarios are replayed")
	flags.StringArrayVar(&f.inputs, "input", nil, "input of the scenarios as name=value; may be repeated")
	flags.StringVar(&f.runID, "run-id", "", "name of the run, which is in the names of all that it makes (default: made up)")
	flags.StringVar(&f.caFile, "ca-file", "", "certificates (PEM) to trust besides those of the system")
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long to wait for one answer")
	flags.Float64Var(&f.rate, "rate", 0, "requests a second at most; 0: no limit")
}

// A contractTarget is an endpoint made ready.
type contractTarget struct {
	config contracttest.Config
	client *http.Client   // for other requests than those of steps
	plane  *control.Plane // nil for an endpoint that is no server of ours
	close  func(context.Context) error
}

// open makes the target ready: with a sandbox where it can make one, else with the credentials that were given.
func (f *targetFlags) open(ctx context.Context) (*contractTarget, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	pace, err := newPacer(f.rate)
	if err != nil {
		return nil, err
	}
	client, err := f.client()
	if err != nil {
		return nil, err
	}
	inputs, err := pairs("--input ", f.inputs)
	if err != nil {
		return nil, err
	}
	t := &contractTarget{close: func(context.Context) error { return nil }}
	t.config = contracttest.Config{
		Target: f.target, RunID: f.runID, HTTPClient: client, Inputs: map[string]any{},
		Turn: pace.wait, Timeout: f.timeout, CleanupTimeout: time.Minute + f.timeout + waitingCleanups*pace.gap,
	}
	// Other requests than those of steps wait in the transport: their time-outs are longer than a turn.
	t.client = &http.Client{Transport: pacedTransport{client.Transport, pace}, CheckRedirect: client.CheckRedirect}
	if t.config.RunID == "" {
		t.config.RunID = contracttest.NewRunID()
	}
	plane, err := f.plane(ctx, t.client)
	if err != nil {
		return nil, err
	}
	t.plane = plane
	if plane != nil {
		err = f.sandboxed(ctx, t, plane)
	} else {
		err = f.given(ctx, t)
	}
	if err != nil {
		return nil, err
	}
	for name, value := range inputs {
		t.config.Inputs[name] = value
	}
	return t, nil
}

// waitingCleanups is how many requests the cleanups of a scenario wait for at most, those of the others included.
const waitingCleanups = 200

// check refuses what cannot be meant, before anything is sent.
func (f *targetFlags) check() error {
	if f.timeout <= 0 {
		return fmt.Errorf("--timeout %s: give more than 0", f.timeout)
	}
	if f.runID != "" && !runIDs.MatchString(f.runID) {
		return fmt.Errorf("--run-id %q: it is in the names of all that the run makes, so give 1 to 40 letters, digits and hyphens", f.runID)
	}
	return nil
}

var runIDs = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,39}$`)

// plane finds the control plane of the target; nil where there is none to be expected.
func (f *targetFlags) plane(ctx context.Context, client *http.Client) (*control.Plane, error) {
	at := f.control
	switch at {
	case controlOff:
		return nil, nil
	case controlAuto:
		u, err := url.Parse(f.target)
		if err != nil || !isLoopback(u.Hostname()) || f.clientID != "" && !f.preferSandbox {
			return nil, nil
		}
		at = "http://" + net.JoinHostPort(u.Hostname(), "8081")
	}
	if !strings.Contains(at, "://") {
		at = "http://" + at
	}
	plane, version, err := control.Dial(ctx, client, at, f.controlToken)
	if f.control == controlAuto && errors.Is(err, control.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("--control: %w", err)
	}
	if !sameHost(version.BaseURL, f.target) {
		if f.control == controlAuto {
			return nil, nil // it is that of another server
		}
		return nil, fmt.Errorf("--control %s is the control plane of %s, not of --target %s", at, version.BaseURL, f.target)
	}
	return plane, nil
}

func sameHost(a, b string) bool {
	left, err1 := url.Parse(a)
	right, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && left.Port() == right.Port()
}

// sandboxed gives the run a sandbox, which the server forgets by itself should the run not come to its end.
func (f *targetFlags) sandboxed(ctx context.Context, t *contractTarget, plane *control.Plane) error {
	box, err := plane.Create(ctx, control.Spec{ID: strings.ToLower(t.config.RunID), TTL: sandboxLife})
	if err != nil {
		return err
	}
	t.close = box.Delete
	partner, ok := box.ByRole("partner_admin")
	if !ok {
		return errors.Join(errors.New("the sandbox has no client with the role partner_admin; start the server with its demo world"), box.Delete(ctx))
	}
	t.config.Target, t.config.Control, t.config.AllowWrites = box.BaseURL, box, true
	t.credentials(partner.ID, partner.Secret, partner.Tenant)
	if root, ok := box.ByRole("root_admin"); ok {
		t.root(root.ID, root.Secret)
	}
	if len(box.Users) > 0 {
		t.config.Inputs["user_login"], t.config.Inputs["user_password"] = box.Users[0].Login, box.Users[0].Password
	}
	return nil
}

// sandboxLife ends what a killed run left.
const sandboxLife = "1h"

// given takes the credentials of the command line.
func (f *targetFlags) given(ctx context.Context, t *contractTarget) error {
	if f.clientID == "" {
		return errors.New("--client-id is missing: no control plane of a Tenantry server answers for the target, " +
			"so the run needs an API client of it, with the secret in TENANTRY_CLIENT_SECRET")
	}
	secret, err := secretOf("TENANTRY_CLIENT_SECRET", "--client-secret-file", f.secretFile)
	if err != nil {
		return err
	}
	if f.allowWrites && f.tenant == "" {
		return errors.New("--allow-writes needs --tenant: the tenant under which everything is made and removed again")
	}
	t.config.AllowWrites = f.allowWrites
	t.credentials(f.clientID, secret, f.tenant)
	if f.rootID != "" {
		rootSecret, err := secretOf("TENANTRY_ROOT_CLIENT_SECRET", "--root-client-secret-file", f.rootFile)
		if err != nil {
			return err
		}
		t.root(f.rootID, rootSecret)
	}
	return t.knock(ctx)
}

// knock asks for a first token, which is kept for the run: an endpoint that does not answer, is not to be trusted or does
// not know the client is told once instead of by every scenario.
func (t *contractTarget) knock(ctx context.Context) error {
	c := &t.config
	if u, err := url.Parse(c.Target); err != nil || u.Host == "" || u.User != nil {
		return nil // Execute says what is wrong with it
	}
	if _, err := c.Token.Token(ctx); err != nil {
		return fmt.Errorf("--target %s: %w", c.Target, err)
	}
	return nil
}

// tokens is a source of tokens for the client of the run.
func (t *contractTarget) tokens() *contracttest.ClientCredentials {
	c := &t.config
	return &contracttest.ClientCredentials{
		Target: c.Target, ID: c.ClientID, Secret: c.ClientSecret, Client: t.client, Clock: contracttest.WallClock{}, Timeout: c.Timeout,
	}
}

func (t *contractTarget) credentials(id, secret, tenant string) {
	t.config.ClientID, t.config.ClientSecret = id, secret
	t.config.Token = t.tokens()
	in := t.config.Inputs
	in["client_id"], in["client_secret"] = id, secret
	if tenant != "" {
		in["tenant_id"] = tenant
	}
}

func (t *contractTarget) root(id, secret string) {
	t.config.Inputs["root_client_id"], t.config.Inputs["root_client_secret"] = id, secret
	t.config.Capabilities = append(t.config.Capabilities, "root")
}

// client heeds the proxy of the environment, the certificates that were given, and the rate. It follows no redirect: no
// secret goes where one points.
func (f *targetFlags) client() (*http.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if f.caFile != "" {
		pem, err := os.ReadFile(f.caFile)
		if err != nil {
			return nil, fmt.Errorf("--ca-file: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			return nil, fmt.Errorf("load the certificates of the system: %w", err)
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("--ca-file %s holds no certificate in PEM form", f.caFile)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &http.Client{Transport: transport, CheckRedirect: stay}, nil
}
