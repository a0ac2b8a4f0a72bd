package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit statuses of verify beside 0.
const (
	notVerified = 1
	notAsked    = 2
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	match                    *matching
	exactly, atLeast, atMost int
	order                    []string
	after                    int64
	wait                     string
	file                     string
}

func newVerify() *cobra.Command {
	r := &remote{}
	var f verifyFlags
	cmd := command("verify", "Hold the journal to an expectation", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		expectation, err := f.expectation(cmd)
		if err != nil {
			return err
		}
		text, verdict, err := ask[verdict](cmd.Context(), r, r.about(http.MethodPost, "verify").with(expectation))
		if err != nil {
			return err
		}
		if err := r.print(cmd.OutOrStdout(), text, verdict.describe); err != nil {
			return err
		}
		if !verdict.Verified {
			return coded{notVerified, errors.New("not verified: " + verdict.Message)}
		}
		return nil
	})
	cmd.Long = "Counts the requests of the journal that match, and looks for an order. Without --exactly, --at-least and --at-most at\n" +
		"least one must match, or any number where --order is given. Of a failed verification it prints the requests that came\n" +
		"nearest and what they lack.\n\n" +
		"The exit status is 0 when it holds, 1 when it does not, and 2 when it could not be asked: no server, a mistake in the\n" +
		"flags, or a journal that gave up requests on which the answer depends."
	cmd.Example = "  tenantry verify --operation createUser --status 200 --exactly 1\n" +
		"  tenantry verify --order issueToken,createTenant,createUser --wait 2s --sandbox my-test\n  tenantry verify -f expected.json"
	f.register(cmd)
	newRemote(cmd, r)
	withStatus(cmd, notAsked)
	return cmd
}

func (f *verifyFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.match = newMatching(flags)
	f.match.messages(flags)
	flags.IntVar(&f.exactly, "exactly", 0, "how many requests must match")
	flags.IntVar(&f.atLeast, "at-least", 0, "how many must match at least")
	flags.IntVar(&f.atMost, "at-most", 0, "how many may match at most")
	flags.StringSliceVar(&f.order, "order", nil, "operations that must have come one after another, others between them or not")
	flags.Int64Var(&f.after, "after", 0, "number of an entry: look only at those that came after it")
	flags.StringVar(&f.wait, "wait", "", "how long to wait for it to hold, such as 2s")
	flags.StringVarP(&f.file, "file", "f", "", "file with the expectation as JSON, in place of flags; - for standard input")
}

// expectation is the body of the request, from the file or from the flags.
func (f *verifyFlags) expectation(cmd *cobra.Command) (any, error) {
	if f.file != "" {
		return f.fromFile(cmd)
	}
	match, err := f.match.matcher()
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if match != nil {
		body["match"] = match
	}
	times := map[string]int{}
	for name, n := range map[string]int{"exactly": f.exactly, "at-least": f.atLeast, "at-most": f.atMost} {
		if cmd.Flags().Changed(name) {
			times[strings.ReplaceAll(name, "-", "_")] = n
		}
	}
	if len(times) > 0 {
		body["times"] = times
	}
	var order []any
	for _, operation := range f.order {
		order = append(order, map[string]string{"operation": operation})
	}
	if order != nil {
		body["order"] = order
	}
	if f.after != 0 {
		body["after"] = f.after
	}
	if f.wait != "" {
		body["wait"] = f.wait
	}
	return body, nil
}

func (f *verifyFlags) fromFile(cmd *cobra.Command) (any, error) {
	others := false
	cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) { others = others || flag.Changed && flag.Name != "file" })
	if others {
		return nil, errors.New("-f says all that is expected: leave the other flags out")
	}
	text, err := readFile(cmd, f.file)
	if err != nil {
		return nil, err
	}
	if !json.Valid(text) {
		return nil, fmt.Errorf("%s is not JSON; want an object such as {\"match\": {\"operation\": \"createUser\"}, \"times\": {\"exactly\": 1}}", f.file)
	}
	return json.RawMessage(text), nil
}

// verdict is what the server says.
type verdict struct {
	Verified bool   `json:"verified"`
	Message  string `json:"message"`
	Nearest  []struct {
		Entry      journalEntry `json:"entry"`
		Mismatches []struct{ Field, Want, Got string }
	} `json:"nearest"`
}

// describe says that it holds, or shows what came nearest; that it does not hold is the error's to say.
func (v *verdict) describe(b *strings.Builder) {
	if v.Verified {
		fmt.Fprintf(b, "verified: %s\n", v.Message)
		return
	}
	for _, n := range v.Nearest {
		fmt.Fprintf(b, "#%d %s %s: %s\n", n.Entry.N, n.Entry.Method, n.Entry.Path, n.Entry.status())
		for _, m := range n.Mismatches {
			fmt.Fprintf(b, "  %s:\twant %s,\tgot %s\n", m.Field, m.Want, dash(m.Got))
		}
	}
}
