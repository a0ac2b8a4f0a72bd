package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tenantry/tenantry/contracttest/value"
	"github.com/tenantry/tenantry/ledger"
	"github.com/tenantry/tenantry/openapi"
)

func newOperations() *cobra.Command {
	r := &remote{}
	var file string
	cmd := command("operations [OPERATION…]", "Show by which scenarios the operations are proven, on which endpoints, and when", cobra.ArbitraryArgs,
		func(cmd *cobra.Command, names []string) error {
			text, all, err := standings(cmd.Context(), r, file)
			if err != nil {
				return err
			}
			if len(names) == 0 {
				return r.print(cmd.OutOrStdout(), text, func(b *strings.Builder) { overview(b, all) })
			}
			if all.Items, err = pick(all.Items, names); err != nil {
				return err
			}
			if text, err = json.Marshal(all); err != nil {
				return fmt.Errorf("write the operations: %w", err)
			}
			return r.print(cmd.OutOrStdout(), text, func(b *strings.Builder) { inDetail(b, all) })
		})
	cmd.Long = "Shows the fidelity ledger: for each operation which answers were proven by scenarios, on which kind of endpoint, and\n" +
		"when. An operation is proven on an endpoint if a scenario that \"tenantry test\" replayed there found every answer of it\n" +
		"as it must be, and refuted if it found one that is not; answers that a fault was injected into never count. The kinds\n" +
		"are mock (a Tenantry server, known by its control plane), local (anything else on this machine) and cloud.\n\n" +
		"Without --ledger it asks a running server, which knows of the runs in its sandboxes since it was started. With it, it\n" +
		"reads what \"tenantry test --ledger FILE\" has kept, and asks nobody. With OPERATION it lists every scenario."
	cmd.Example = "  tenantry operations\n  tenantry operations createUser deleteUser\n  tenantry operations --ledger ledger.json"
	cmd.Flags().StringVar(&file, "ledger", "", "file that runs have kept with \"tenantry test --ledger\"")
	return newRemote(cmd, r)
}

// operationList is how the control plane answers them.
type operationList struct {
	Items []ledger.Operation `json:"items"`
}

// standings come from the server, or from a file and the embedded document.
func standings(ctx context.Context, r *remote, file string) ([]byte, *operationList, error) {
	if file == "" {
		return ask[operationList](ctx, r, question{method: http.MethodGet, path: "/operations"})
	}
	l, err := ledger.Read(file)
	if err != nil {
		return nil, nil, err
	}
	doc, err := openapi.Load()
	if err != nil {
		return nil, nil, err
	}
	all := &operationList{l.Operations(doc)}
	text, err := json.Marshal(all)
	return text, all, err
}

// pick takes some operations out of all, in the order in which they are asked for.
func pick(all []ledger.Operation, names []string) ([]ledger.Operation, error) {
	var picked []ledger.Operation
	for _, name := range names {
		i := slices.IndexFunc(all, func(s ledger.Operation) bool { return s.ID == name })
		if i < 0 {
			var known []string
			for _, s := range all {
				known = append(known, s.ID)
			}
			return nil, fmt.Errorf("operation %q is unknown; %s", name, value.Hint(name, known))
		}
		picked = append(picked, all[i])
	}
	return picked, nil
}

// overview is one line for each operation, and a sum.
func overview(b *strings.Builder, all *operationList) {
	kinds := shownKinds(all.Items)
	b.WriteString("OPERATION\tREQUEST")
	for _, k := range kinds {
		b.WriteString("\t" + strings.ToUpper(string(k)))
	}
	b.WriteByte('\n')
	for _, s := range all.Items {
		fmt.Fprintf(b, "%s\t%s %s", s.ID, s.Method, s.Path)
		for _, k := range kinds {
			b.WriteString("\t" + standsAs(ledger.Stand(s.Proofs, k)))
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	for _, k := range kinds {
		b.WriteString(sum(all.Items, k) + "\n")
	}
}

// shownKinds are mock and cloud, which everybody asks for, and local if there is anything to say.
func shownKinds(all []ledger.Operation) []ledger.Endpoint {
	return slices.DeleteFunc(ledger.Endpoints(), func(k ledger.Endpoint) bool {
		return k == ledger.Local && !slices.ContainsFunc(all, func(s ledger.Operation) bool {
			return slices.ContainsFunc(s.Proofs, func(e ledger.Entry) bool { return e.Endpoint == k })
		})
	})
}

func standsAs(s ledger.Standing) string {
	switch {
	case len(s.Refuted) > 0:
		return fmt.Sprintf("REFUTED by %s", s.Refuted[0].Scenario)
	case len(s.Proven) == 0:
		return "-"
	}
	return fmt.Sprintf("%s (%s, %s)", numbers(s.Statuses), counted(len(s.Proven), "scenario"), s.LastProof)
}

func numbers(all []int) string {
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, " ")
}

// sum counts the operations of the reference: what clients call beside it is shown, but not promised by anybody.
func sum(all []ledger.Operation, kind ledger.Endpoint) string {
	proven, refuted, of := 0, 0, 0
	for _, one := range all {
		if one.Undocumented {
			continue
		}
		of++
		switch s := ledger.Stand(one.Proofs, kind); {
		case len(s.Refuted) > 0:
			refuted++
		case len(s.Proven) > 0:
			proven++
		}
	}
	return fmt.Sprintf("%s: %d of %d operations of the reference are proven, %d refuted", kind, proven, of, refuted)
}

// inDetail lists every scenario.
func inDetail(b *strings.Builder, all *operationList) {
	for _, s := range all.Items {
		fmt.Fprintf(b, "%s %s %s, documented: %s\n", s.ID, s.Method, s.Path, numbers(s.Statuses))
		for _, e := range s.Proofs {
			fmt.Fprintf(b, "  %s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Endpoint, e.Verdict, e.Scenario, numbers(e.Statuses),
				e.Time.UTC().Format("2006-01-02 15:04"), e.Target, e.RunID)
		}
		if len(s.Proofs) == 0 {
			b.WriteString("  no scenario has met it\n")
		}
	}
}
