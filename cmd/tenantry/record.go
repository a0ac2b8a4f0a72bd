package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tenantry/tenantry/contracttest/record"
	"github.com/tenantry/tenantry/openapi"
)

// recordFlags are the flags of tenantry record.
type recordFlags struct {
	upstream string
	listen   string
	out      string
	caFile   string
	insecure bool
	limits   record.Config
}

func newRecord() *cobra.Command {
	var f recordFlags
	cmd := command("record", "Judge what passes between a client and an endpoint, and write it as a scenario", cobra.NoArgs,
		func(cmd *cobra.Command, _ []string) error { return f.record(cmd.Context(), cmd.OutOrStdout()) })
	cmd.Long = "Forwards every request to the endpoint at --upstream, unchanged, and judges it and its answer by the OpenAPI document: one\n" +
		"line for each, with what is wrong with it. When it is interrupted it writes what passed as a scenario (Arazzo 1.0.1): a\n" +
		"step for each request, values of earlier answers by reference, secrets as inputs, and stand-ins for e-mails, logins,\n" +
		"names, phone numbers, hosts and whatever is not known to be harmless. It is a draft: read it before you share it.\n\n" +
		"The proxy of the environment (HTTPS_PROXY, NO_PROXY) is used. Links in answers still lead to the endpoint itself, but\n" +
		"redirects lead back here."
	cmd.Example = "  tenantry record --upstream https://eu-cloud.example --listen 127.0.0.1:8090\n" +
		"  tenantry record --upstream http://127.0.0.1:8080 --out session.yaml"
	flags := cmd.Flags()
	flags.StringVar(&f.upstream, "upstream", "", "URL of the endpoint, such as https://eu-cloud.example")
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	flags.StringVar(&f.out, "out", "recorded.yaml", "file that the scenario is written to; one that is there is replaced")
	flags.StringVar(&f.caFile, "ca-file", "", "certificates (PEM) to trust beside those of the system")
	flags.BoolVar(&f.insecure, "insecure", false, "trust any certificate; for an endpoint on this machine only")
	flags.IntVar(&f.limits.Exchanges, "max-exchanges", record.DefaultExchanges, "how many requests are recorded")
	flags.Int64Var(&f.limits.Bytes, "max-bytes", record.DefaultBytes, "how many bytes of them are recorded, all in all")
	return cmd
}

func (f *recordFlags) record(ctx context.Context, out io.Writer) error {
	cfg, err := f.config(out)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, "--listen", f.listen)
	if err != nil {
		return err
	}
	r := record.New(cfg)
	if _, err := fmt.Fprintf(out, "Recording on\n\n  %s\n\nStop with Ctrl-C; then %s is written.\n", dialURL("", listener.Addr(), false), f.out); err != nil {
		return errors.Join(err, listener.Close())
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	served := untilDone(ctx, func() {}, newService(r, listener, log))
	return errors.Join(served, f.write(r.Draft(), out))
}

// config checks the flags and turns them into a configuration.
func (f *recordFlags) config(out io.Writer) (record.Config, error) {
	cfg := f.limits
	upstream, err := f.endpoint()
	if err != nil {
		return cfg, err
	}
	switch {
	case cfg.Exchanges < 1:
		return cfg, errors.New("--max-exchanges must be at least 1")
	case cfg.Bytes < 1:
		return cfg, errors.New("--max-bytes must be at least 1")
	case f.insecure && !isLoopback(upstream.Hostname()):
		return cfg, fmt.Errorf("--insecure is for an endpoint on this machine; %s is none: use --ca-file", upstream.Host)
	}
	if info, err := os.Stat(filepath.Dir(f.out)); err != nil || !info.IsDir() {
		return cfg, fmt.Errorf("--out %s: there is no directory %s", f.out, filepath.Dir(f.out))
	}
	trusted, err := f.trusted()
	if err != nil {
		return cfg, err
	}
	cfg.Upstream, cfg.Now, cfg.Out = upstream, now, out
	cfg.Transport = &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableCompression: true, ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{RootCAs: trusted, InsecureSkipVerify: f.insecure, MinVersion: tls.VersionTLS12}, //nolint:gosec // asked for, and refused off loopback
	}
	cfg.Operations, err = openapi.Load()
	return cfg, err
}

func (f *recordFlags) endpoint() (*url.URL, error) {
	if f.upstream == "" {
		return nil, errors.New("--upstream is missing; want a URL such as https://eu-cloud.example")
	}
	u, err := url.Parse(f.upstream)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("--upstream %q is not a URL such as https://eu-cloud.example", f.upstream)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("--upstream takes no credentials, query or fragment: requests bring their own")
	}
	return u, nil
}

// trusted are the certificates to trust; nil are those of the system.
func (f *recordFlags) trusted() (*x509.CertPool, error) {
	if f.caFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(f.caFile)
	if err != nil {
		return nil, fmt.Errorf("--ca-file: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("--ca-file %s holds no certificate (PEM)", f.caFile)
	}
	return pool, nil
}

// write writes the draft to its file, or, so that nothing is lost, to the terminal.
func (f *recordFlags) write(d record.Draft, out io.Writer) error {
	if d.Text == nil {
		_, err := fmt.Fprintf(out, "nothing to write: no documented request was answered (%d others)\n", d.Comments)
		return err
	}
	const ownerOnly = 0o600
	if err := os.WriteFile(f.out, d.Text, ownerOnly); err != nil {
		_, lost := out.Write(d.Text)
		return errors.Join(fmt.Errorf("the draft stands above instead of in its file: %w", err), lost)
	}
	more := ""
	if d.Left > 0 {
		more = fmt.Sprintf(", %d more not recorded", d.Left)
	}
	_, err := fmt.Fprintf(out, "%s: %d steps, %d in comments only%s; read it before you share it\n", f.out, d.Steps, d.Comments, more)
	return err
}
