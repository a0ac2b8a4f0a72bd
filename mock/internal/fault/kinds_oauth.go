package fault

// Operations that faults of tokens and keys are about.
var (
	issuing = []string{"issueToken"}
	keySets = []string{"listKeys"}
	signing = []string{"issueToken", "listKeys"}
)

// oauthKinds are faults of tokens, keys and what their holders may do.
var oauthKinds = []Kind{
	{
		Name: "token_error", Family: OAuth, Phases: []Phase{Before}, Operations: issuing,
		Summary: "The token endpoint refuses, in its own flat form: invalid_client, invalid_grant, temporarily_unavailable, server_error, …",
		Example: `{"id": "idp-down", "kind": "token_error", "match": {"operation": "issueToken"}, "when": {"times": 2}, "with": {"error": "temporarily_unavailable", "retry_after": "1s"}}`,
		With:    func() Params { return &TokenError{} },
	},
	{
		Name: "expired_token", Family: OAuth, Phases: []Phase{After}, Operations: issuing,
		Summary: "The token that is issued has expired already; the answer looks as always.",
		Example: `{"id": "born-dead", "kind": "expired_token", "match": {"operation": "issueToken"}, "when": {"times": 1}}`,
	},
	{
		Name: "early_expiry", Family: OAuth, Phases: []Phase{After}, Operations: issuing,
		Summary: "The token dies that long after it was issued, by the world's clock, while expires_in and the token promise the full life.",
		Example: `{"id": "short-lived", "kind": "early_expiry", "match": {"operation": "issueToken"}, "with": {"after": "30s"}}`,
		With:    func() Params { return &EarlyExpiry{} },
	},
	{
		Name: "bad_signature", Family: OAuth, Phases: []Phase{After}, Operations: issuing,
		Summary: "The tokens that are issued have a signature that does not match.",
		Example: `{"id": "tampered", "kind": "bad_signature", "match": {"operation": "issueToken"}, "when": {"times": 1}}`,
	},
	{
		Name: "wrong_issuer", Family: OAuth, Phases: []Phase{After}, Operations: issuing,
		Summary: "The tokens that are issued name another issuer, and the API refuses them.",
		Example: `{"id": "other-issuer", "kind": "wrong_issuer", "match": {"operation": "issueToken"}, "when": {"times": 1}}`,
		With:    func() Params { return &WrongIssuer{Issuer: "https://issuer.invalid"} },
	},
	{
		Name: "wrong_audience", Family: OAuth, Phases: []Phase{After}, Operations: issuing,
		Summary: "The tokens that are issued are meant for somebody else, and the API refuses them.",
		Example: `{"id": "other-audience", "kind": "wrong_audience", "match": {"operation": "issueToken"}, "when": {"times": 1}}`,
		With:    func() Params { return &WrongAudience{Audience: "audience.invalid"} },
	},
	{
		Name: "revoked", Family: OAuth, Phases: []Phase{Before},
		Summary: "The access token that the request presents is revoked for good, so the request gets 401. Requests without one pass.",
		Example: `{"id": "kicked-out", "kind": "revoked", "match": {"operation": "getUser"}, "when": {"after": 3, "times": 1}}`,
	},
	{
		Name: "scope_reduced", Family: OAuth, Phases: []Phase{Before},
		Summary: "For this request the caller holds no scope: 403, where the operation asks for one.",
		Example: `{"id": "no-scope", "kind": "scope_reduced", "match": {"operation": "listUsers"}, "when": {"times": 1}}`,
	},
	{
		Name: "role_changed", Family: OAuth, Phases: []Phase{Before},
		Summary: "For this request the caller has another role, on the same tenants.",
		Example: `{"id": "demoted", "kind": "role_changed", "match": {"operation": "create*"}, "with": {"role": "readonly_admin"}}`,
		With:    func() Params { return &RoleChanged{} },
	},
	{
		Name: "key_rotation", Family: OAuth, Phases: []Phase{After}, Operations: signing,
		Summary: "New tokens are signed with a second key, which GET /idp/keys lists before the first one. Tokens of either keep working.",
		Example: `{"id": "rotated", "kind": "key_rotation", "match": {"operation": "issueToken,listKeys"}}`,
	},
	{
		Name: "jwks_down", Family: OAuth, Phases: []Phase{Before}, Operations: keySets,
		Summary: "GET /idp/keys answers 503.",
		Example: `{"id": "no-keys", "kind": "jwks_down", "match": {"operation": "listKeys"}, "when": {"times": 3}}`,
		With:    func() Params { return &JWKSDown{Status: unavailable} },
	},
	{
		Name: "jwks_stale", Family: OAuth, Phases: []Phase{After}, Operations: signing,
		Summary: "New tokens are signed with a second key that GET /idp/keys does not list yet.",
		Example: `{"id": "old-keys", "kind": "jwks_stale", "match": {"operation": "issueToken,listKeys"}}`,
	},
	{
		Name: "clock_skew", Family: OAuth, Phases: []Phase{After}, Operations: issuing,
		Summary: "The tokens that are issued are valid only from a later moment, as if the server's clock ran ahead. The API takes them at once.",
		Example: `{"id": "fast-clock", "kind": "clock_skew", "match": {"operation": "issueToken"}, "with": {"by": "5m"}}`,
		With:    func() Params { return &ClockSkew{} },
	},
}
