package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/tenantry/tenantry/mock"
)

// serveFlags are the flags of tenantry serve.
type serveFlags struct {
	listen         string
	control        controlFlags
	data           string
	ephemeral      bool
	fixture        string
	seed           int64
	set            []string
	baseURL        string
	tls            tlsFlags
	signingKey     string
	validate       string
	checkResponses bool
	journalBytes   int64
	journalTotal   int64
	logFormat      string
}

func newServe() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the API",
		Long: "Serves the API until it is interrupted. Without flags it is the demo world, in memory, on port 8080, with a control\n" +
			"plane on port 8081 for sandboxes, faults, clocks and the journal. State is kept across restarts with --data FILE.",
		Example: "  tenantry serve\n  tenantry serve --data tenantry.db\n  tenantry serve --fixture empty --set validation=strict",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := f.config(cmd)
			if err != nil {
				return err
			}
			return serve(cmd.Context(), f, cfg, cmd.OutOrStdout())
		},
	}
	f.register(cmd)
	return cmd
}

func (f *serveFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.listen, "listen", "127.0.0.1:8080", "address of the API; port 0 takes a free one")
	f.control.register(flags)
	flags.StringVar(&f.data, "data", "", "file that keeps the state across restarts; without it the state is in memory")
	flags.BoolVar(&f.ephemeral, "ephemeral", false, "keep the state in memory, even where TENANTRY_DATA names a file")
	flags.StringVar(&f.fixture, "fixture", "", "world to start with: demo, empty, or a YAML file (default demo)")
	flags.Int64Var(&f.seed, "seed", mock.DefaultSeed, "seed of all identifiers: the same requests give the same answers")
	flags.StringArrayVar(&f.set, "set", nil, "switch of the world as name=value; may be repeated (see the README)")
	flags.StringVar(&f.baseURL, "base-url", "", "URL that links and issuers say (default: what the client dialled)")
	flags.StringVar(&f.tls.mode, "tls", "", "self-signed: serve https with a certificate made at the start")
	flags.StringVar(&f.tls.cert, "tls-cert", "", "certificate file for https, with --tls-key")
	flags.StringVar(&f.tls.key, "tls-key", "", "key file for https, with --tls-cert")
	flags.StringVar(&f.signingKey, "signing-key", "", "RSA private key file (PEM) that signs tokens, in place of the development key")
	flags.StringVar(&f.validate, "validate", "", "how requests are checked: enforce, warn or strict (default enforce)")
	flags.BoolVar(&f.checkResponses, "check-responses", false, "answer 500 where an answer would break the document")
	flags.Int64Var(&f.journalBytes, "journal-bytes", 0, "bytes of requests that each sandbox remembers (default 2 MiB)")
	flags.Int64Var(&f.journalTotal, "journal-total", 0, "bytes of requests that all sandboxes remember together (default 32 MiB)")
	flags.StringVar(&f.logFormat, "log-format", "text", "text or json, for the log and for the announcement")
}

// config checks the flags and turns them into a configuration.
func (f *serveFlags) config(cmd *cobra.Command) (mock.Config, error) {
	cfg := mock.Config{
		Data: f.data, Fixture: f.fixture, BaseURL: f.baseURL, CheckResponses: f.checkResponses,
		JournalBytes: f.journalBytes, JournalTotal: f.journalTotal,
	}
	if err := f.check(); err != nil {
		return cfg, err
	}
	if f.ephemeral {
		if cmd.Flags().Lookup("data").Changed && os.Getenv(envName("data")) != f.data {
			return cfg, errors.New("--data and --ephemeral contradict each other: use one of them")
		}
		cfg.Data = ""
	}
	if cmd.Flags().Changed("seed") {
		cfg.Seed = &f.seed
	}
	logger, err := newLogger(f.logFormat)
	if err != nil {
		return cfg, err
	}
	cfg.Logger = logger
	if cfg.Settings, err = f.settings(); err != nil {
		return cfg, err
	}
	if f.signingKey != "" {
		if cfg.SigningKey, err = os.ReadFile(f.signingKey); err != nil {
			return cfg, fmt.Errorf("--signing-key: %w", err)
		}
	}
	return cfg, nil
}

func (f *serveFlags) check() error {
	switch {
	case f.journalBytes < 0:
		return errors.New("--journal-bytes must not be negative")
	case f.journalTotal < 0:
		return errors.New("--journal-total must not be negative")
	}
	return f.control.check()
}

func (f *serveFlags) settings() (map[string]string, error) {
	settings, err := pairs("--set ", f.set)
	if err != nil {
		return nil, err
	}
	if f.validate != "" {
		settings["validation"] = f.validate
	}
	return settings, mock.CheckSettings(settings)
}

func newLogger(format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(os.Stderr, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(os.Stderr, nil)), nil
	}
	return nil, fmt.Errorf("--log-format %q is not known; use text or json", format)
}

// serve opens the ports last, so that an open port means a loaded world.
func serve(ctx context.Context, f serveFlags, cfg mock.Config, out io.Writer) error {
	tlsConfig, err := f.tls.config()
	if err != nil {
		return err
	}
	srv, err := mock.New(ctx, cfg)
	if err != nil {
		return err
	}
	settle(ctx)
	err = f.serve(ctx, srv, tlsConfig, cfg.Logger, out)
	return errors.Join(err, srv.Close())
}

func (f *serveFlags) serve(ctx context.Context, srv *mock.Server, tlsConfig *tls.Config, log *slog.Logger, out io.Writer) error {
	listener, err := listen(ctx, "--listen", f.listen)
	if err != nil {
		return err
	}
	api := newService(srv, listener, log)
	api.web.TLSConfig = tlsConfig
	services := []service{api}
	at := places{api: dialURL(f.baseURL, listener.Addr(), tlsConfig != nil)}
	srv.SetURL(at.api)
	if !f.control.off() {
		control, err := f.control.open(ctx, srv, log)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		services, at.control = append(services, control), controlAt(control.listener.Addr())
	}
	if err := f.announce(out, srv.Identities(), at); err != nil {
		return err
	}
	return untilDone(ctx, srv.Interrupt, services...)
}
