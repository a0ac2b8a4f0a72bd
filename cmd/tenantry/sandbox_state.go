package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"
)

func newStateExport(r *remote) *cobra.Command {
	cmd := command("export", "Write the whole state of a sandbox", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		resp, err := r.send(cmd.Context(), r.about(http.MethodGet, "state"))
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if _, err := io.Copy(cmd.OutOrStdout(), resp.Body); err != nil {
			return fmt.Errorf("the export broke off, what was written is not whole: %w", err)
		}
		return nil
	})
	cmd.Long = "Writes the state as JSON to standard output, for \"tenantry sandbox replace\". Secrets are in it as they are stored, hashed."
	cmd.Example = "  tenantry sandbox export > state.json"
	return cmd
}

func newStateReplace(r *remote) *cobra.Command {
	cmd := command("replace FILE", "Replace the whole state of a sandbox", cobra.ExactArgs(1), func(cmd *cobra.Command, args []string) error {
		file, err := open(cmd, args[0])
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		text := bufio.NewReader(file)
		q := r.about(http.MethodPut, "state").with(text)
		if q.contentType, err = stateType(args[0], text); err != nil {
			return fmt.Errorf("%s: %w", args[0], err)
		}
		return tell(cmd, r, q, describeSandbox)
	})
	cmd.Long = "Reads an exported state (JSON) or a fixture (YAML) and puts it in the place of what there is, whole or not at all.\n" +
		"FILE may be - for standard input. Clock, fault rules, journal and snapshots stay."
	cmd.Example = "  tenantry sandbox replace state.json\n  tenantry seed --tenants 20 | tenantry sandbox replace -"
	return cmd
}

// stateType tells an exported state, a JSON object, from a fixture, by the name of the file or by how it begins.
func stateType(name string, text *bufio.Reader) (string, error) {
	const fixture, exported = "application/yaml", "application/json"
	switch filepath.Ext(name) {
	case ".yaml", ".yml":
		return fixture, nil
	case ".json":
		return exported, nil
	}
	first, err := text.Peek(1)
	switch {
	case errors.Is(err, io.EOF):
		return "", errors.New("is empty; want an exported state or a fixture")
	case err != nil:
		return "", err
	case first[0] == '{':
		return exported, nil
	}
	return fixture, nil
}
