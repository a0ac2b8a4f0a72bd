package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

// tokenOrder is what the server is asked to mint.
type tokenOrder struct {
	User     string   `json:"user,omitempty"`
	Client   string   `json:"client,omitempty"`
	Tenant   string   `json:"tenant,omitempty"`
	Scopes   []string `json:"scopes,omitempty"`
	TTL      string   `json:"ttl,omitempty"`
	Issuer   string   `json:"issuer,omitempty"`
	Audience []string `json:"audience,omitempty"`
	Broken   string   `json:"broken,omitempty"`
}

func newToken() *cobra.Command {
	r := &remote{}
	var order tokenOrder
	cmd := command("token", "Make an access token for anybody, a broken one on request", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		return tell(cmd, r, r.about(http.MethodPost, "tokens").with(order), func(b *strings.Builder, t *struct {
			Token string `json:"access_token"`
		},
		) {
			fmt.Fprintln(b, t.Token)
		})
	})
	cmd.Long = "Prints an access token alone, for a user or an API client that may act, without their credentials. With --broken it is\n" +
		"one that the API must refuse, to see what a client does then. --json prints its claims too."
	cmd.Example = "  token=$(tenantry token --user admin@acme-msp.example)\n  tenantry token --client c11e0000-0000-4000-8000-000000000001 --broken expired"
	flags := cmd.Flags()
	flags.StringVar(&order.User, "user", "", "id or login of the user that it is for")
	flags.StringVar(&order.Client, "client", "", "id of the API client that it is for, or that the user logs in with")
	flags.StringVar(&order.Tenant, "tenant", "", "id of a tenant: narrow the token to it and what is below")
	flags.StringArrayVar(&order.Scopes, "scope", nil, "of the holder's scopes this one alone; may be repeated")
	flags.StringVar(&order.TTL, "ttl", "", "how long it is valid, such as 10m, by the sandbox's clock")
	flags.StringVar(&order.Issuer, "issuer", "", "issuer that it names (default: the URL of the sandbox)")
	flags.StringArrayVar(&order.Audience, "audience", nil, "audience that it names; may be repeated")
	flags.StringVar(&order.Broken, "broken", "", "expired, not_yet_valid, wrong_issuer, wrong_audience, bad_signature, unknown_kid, missing_scope or revoked")
	return newRemote(cmd, r)
}
