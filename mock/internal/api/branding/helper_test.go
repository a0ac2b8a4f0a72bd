package branding_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// obj is a JSON object.
type obj = map[string]any

// Tenants and identities of the demo world beside those of apitest.
const (
	radiology = "a0000000-0000-4000-8000-000000000003" // unit of Harbor
	north     = "a0000000-0000-4000-8000-000000000005" // folder of Acme
	oldMill   = "a0000000-0000-4000-8000-000000000008" // deleted
	cedar     = "a0000000-0000-4000-8000-000000000012" // partner of Acme
	globex    = "a0000000-0000-4000-8000-000000000013" // partner beside Acme

	rootBrand = "b4a2d000-0000-4000-8000-000000000000"
	acmeBrand = "b4a2d000-0000-4000-8000-000000000001"

	viewer     = "viewer@acme-msp.example"              // readonly_admin of Acme
	cedarAdmin = "admin@cedar-resale.example"           // partner_admin of Cedar
	elena      = "elena.rivera@harbor-clinic.example"   // company_admin of Harbor
	lead       = "radiology.lead@harbor-clinic.example" // unit_admin of Radiology
)

func version(c *apitest.Client, id string) int64 {
	return c.Get("/tenants/" + id).Want(200).Int("/version")
}

// brand is the path of a tenant's brand at the tenant's present version.
func brand(c *apitest.Client, id string) string {
	return fmt.Sprintf("/tenants/%s/brand?version=%d", id, version(c, id))
}

// logo is the same for the logo.
func logo(c *apitest.Client, id string) string {
	return fmt.Sprintf("/tenants/%s/brand/logo?version=%d", id, version(c, id))
}

// picture is a PNG image of one pixel.
func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatalf("encode a picture: %v", err)
	}
	return b.Bytes()
}

func object(t testing.TB, a *apitest.Answer) obj {
	t.Helper()
	var o obj
	a.Want(200).Into(&o)
	return o
}
