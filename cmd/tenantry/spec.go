package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tenantry/tenantry/openapi"
	"github.com/tenantry/tenantry/openapi/reference"
)

func newSpec() *cobra.Command {
	cmd := &cobra.Command{Use: "spec", Short: "The OpenAPI document that requests and answers are judged by"}
	cmd.AddCommand(newSpecShow(), newSpecOperations(), newSpecDiff())
	return cmd
}

func newSpecShow() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Print the document",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := specText(format)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "yaml", "yaml (with examples) or json (without)")
	return cmd
}

func specText(format string) ([]byte, error) {
	switch format {
	case "yaml":
		return openapi.YAML(), nil
	case "json":
		return append(openapi.JSON(), '\n'), nil
	}
	return nil, fmt.Errorf("--format %q is not known; use yaml or json", format)
}

func newSpecOperations() *cobra.Command {
	return &cobra.Command{
		Use:   "operations",
		Short: "List the operations",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			doc, err := openapi.Load()
			if err != nil {
				return err
			}
			return listOperations(cmd.OutOrStdout(), doc)
		},
	}
}

func listOperations(w io.Writer, doc *openapi.Document) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, o := range doc.Operations() {
		note := ""
		if o.Undocumented {
			note = "not in the reference"
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s%s\t%s\n", o.ID, o.Method, o.Bases[0], o.Path, note); err != nil {
			return err
		}
	}
	return table.Flush()
}

func newSpecDiff() *cobra.Command {
	return &cobra.Command{
		Use:   "diff NEW.txt",
		Short: "Say what a newer text of the vendor's reference adds, removes or changes",
		Long: "Reads a newer text of the vendor's reference and compares it with the one this binary was built from.\n" +
			"Each line names the operation, the parameter, field, status or scope, and the change. Nothing is printed when they agree.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			changes, err := diffReference(args[0])
			if err != nil {
				return err
			}
			for _, c := range changes {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), c); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func diffReference(path string) ([]reference.Change, error) {
	built, err := reference.Decode(bytes.NewReader(openapi.ReferenceJSON()))
	if err != nil {
		return nil, fmt.Errorf("read the embedded reference: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	newer, err := reference.Parse(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return reference.Diff(built, newer), nil
}
