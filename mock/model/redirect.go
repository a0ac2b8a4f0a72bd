package model

import (
	"net/url"
	"slices"
	"strings"
)

// scriptSchemes are those whose addresses a browser would run instead of open.
var scriptSchemes = []string{"javascript", "data", "vbscript"}

// CheckRedirect refuses a redirect URI that is not, byte for byte, one that the client was registered with (RFC 6749,
// 3.1.2.3; RFC 9700, 2.1). A relative one counts as it stands: the service's own portals use them (wire facts, idp 3).
// Even a registered one is refused if it cannot carry an answer safely.
func CheckRedirect(c *Client, uri string) error {
	if !slices.Contains(c.RedirectURIs, uri) {
		return Errorf(Invalid, "invalid_request", "the redirect_uri is not one that the client was registered with")
	}
	u, err := url.Parse(uri)
	switch {
	case err != nil || uri == "":
		return Errorf(Invalid, "invalid_request", "the redirect_uri is not a URI")
	case strings.Contains(uri, "#"):
		return Errorf(Invalid, "invalid_request", "the redirect_uri has a fragment")
	case slices.Contains(scriptSchemes, strings.ToLower(u.Scheme)):
		return Errorf(Invalid, "invalid_request", "the redirect_uri has the scheme %q, which browsers run as a script", u.Scheme)
	}
	return nil
}

// AddQuery puts parameters behind those that a URI has already, which stay as they are.
func AddQuery(uri string, params url.Values) string {
	mark := "?"
	if strings.Contains(uri, "?") {
		mark = "&"
	}
	return uri + mark + params.Encode()
}

// Origins lists the web origins of the client's redirect URIs, each once; relative ones and those of applications have
// none.
func (c *Client) Origins() []string {
	var origins []string
	for _, uri := range c.RedirectURIs {
		u, err := url.Parse(uri)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			continue
		}
		if origin := u.Scheme + "://" + u.Host; !slices.Contains(origins, origin) {
			origins = append(origins, origin)
		}
	}
	return origins
}
