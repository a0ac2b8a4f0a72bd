package contracttest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tenantry/tenantry/contracttest/arazzo"
	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/run"
	"github.com/tenantry/tenantry/openapi"
)

// A Config says what is replayed and against what. Target and Scenarios are needed.
type Config struct {
	// Target is the root of the endpoint: https://eu-cloud.example, http://127.0.0.1:8080/s/mine. A trailing /api/2 is
	// understood.
	Target string
	// Scenarios hold the files: all of its *.yaml, *.yml and *.json, in the order of their names.
	Scenarios fs.FS
	// Documents are scenarios that Load has read already, in place of Scenarios.
	Documents []*arazzo.Document

	// ClientID and ClientSecret are those of an API client; with them the input token is a bearer token of its, renewed
	// before it expires. Token replaces them.
	ClientID, ClientSecret string
	Token                  run.TokenSource

	Inputs       map[string]any // by name, for all workflows that declare them
	AllowWrites  bool           // else workflows that change the target are skipped
	Control      run.Control    // of the target; without it, what needs it is skipped
	Capabilities []string       // names that x-requires may ask for

	Tags, Only []string // which scenarios; see run.Config
	Parallel   int      // scenarios at a time; 1 if less
	FailFast   bool

	HTTPClient *http.Client                // with proxy and certificates as they must be; redirects are not followed in any case
	Header     http.Header                 // sent with each request
	Turn       func(context.Context) error // waits until a request of a step may be sent; nil: at once

	Timeout        time.Duration // of a request
	CleanupTimeout time.Duration // of the cleanups of a scenario
	MaxWait        time.Duration // the longest wait that a server may ask for

	RunID      string            // "" makes one
	Operations *openapi.Document // nil is the embedded document
	Clock      run.Clock         // nil is the wall clock
	Done       func(report.Scenario)
}

// Load reads the scenario files of the configuration and checks them. What is wrong with them is reported at once: one line
// for each problem, with file, line and column.
func Load(scenarios fs.FS, operations *openapi.Document) ([]*arazzo.Document, error) {
	var docs []*arazzo.Document
	var wrong []error
	err := fs.WalkDir(scenarios, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isScenario(path) {
			return err
		}
		text, err := fs.ReadFile(scenarios, path)
		if err != nil {
			return err
		}
		doc, err := arazzo.Read(path, text, operations)
		if err != nil {
			wrong = append(wrong, err)
			return nil
		}
		docs = append(docs, doc)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the scenarios: %w", err)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, errors.New("there are no scenario files (*.yaml, *.yml, *.json)")
	}
	return docs, nil
}

func isScenario(path string) bool {
	for _, end := range []string{".yaml", ".yml", ".json"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// plan checks the configuration and makes that of the runner.
func (c Config) plan() (run.Config, error) {
	if err := checkTarget(c.Target); err != nil {
		return run.Config{}, err
	}
	if c.Operations == nil {
		doc, err := openapi.Load()
		if err != nil {
			return run.Config{}, err
		}
		c.Operations = doc
	}
	if c.Documents != nil {
		return c.runner(c.Documents), nil
	}
	if c.Scenarios == nil {
		return run.Config{}, errors.New("no scenarios are given")
	}
	docs, err := Load(c.Scenarios, c.Operations)
	if err != nil {
		return run.Config{}, err
	}
	return c.runner(docs), nil
}

func (c Config) runner(docs []*arazzo.Document) run.Config {
	if c.Clock == nil {
		c.Clock = WallClock{}
	}
	if c.RunID == "" {
		c.RunID = NewRunID()
	}
	mask := &report.Masker{}
	mask.Add(c.ClientSecret)
	client := plain(c.HTTPClient)
	if c.Token == nil && c.ClientID != "" {
		c.Token = &ClientCredentials{Target: c.Target, ID: c.ClientID, Secret: c.ClientSecret, Client: client, Clock: c.Clock, Timeout: c.Timeout}
	}
	return run.Config{
		RunID:      c.RunID,
		Target:     run.Target{BaseURL: c.Target, Client: client, Header: c.Header},
		Operations: c.Operations, Documents: docs, Clock: c.Clock, Mask: mask, Done: c.Done,
		Inputs: c.Inputs, Token: c.Token, Control: c.Control, Capabilities: c.Capabilities, AllowWrites: c.AllowWrites,
		Turn: c.Turn, Tags: c.Tags, Only: c.Only, Parallel: c.Parallel, FailFast: c.FailFast,
		Timeout: c.Timeout, CleanupTimeout: c.CleanupTimeout, MaxWait: c.MaxWait,
	}
}

// plain is a client that hands out redirects instead of following them, and keeps no cookies: both are for the scenarios.
func plain(given *http.Client) *http.Client {
	client := &http.Client{}
	if given != nil {
		client.Transport = given.Transport
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}

func checkTarget(target string) error {
	u, err := url.Parse(target)
	switch {
	case target == "":
		return errors.New("no target is given: the URL of the endpoint to judge")
	case err != nil:
		return errors.New("the target is no URL; write it like https://eu-cloud.example")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("the target %q is no URL of http or https", u.Redacted())
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return errors.New("the target must be a plain URL without credentials, query and fragment")
	}
	return nil
}
