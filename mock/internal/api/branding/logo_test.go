package branding_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

func TestLogo(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	image := picture(t)
	before := version(api, apitest.Acme)
	api.Get("/tenants/"+apitest.Acme+"/brand/logo").Refused(404, 404)

	up := api.Send("POST", logo(api, apitest.Acme), "image/png", image).Want(201)
	if up.Text("/id") != apitest.Acme || up.Int("/version") != before+1 {
		t.Errorf("the upload is not answered with the tenant's next version: %s", up.Body)
	}
	first := api.Get("/tenants/" + apitest.Acme + "/brand").Text("/logotype")
	for name, id := range map[string]string{"the own logo": apitest.Acme, "the inherited logo": radiology} {
		got := api.Get("/tenants/" + id + "/brand/logo").Want(200)
		head := []string{got.Header.Get("Content-Type"), got.Header.Get("Cache-Control")}
		if diff := cmp.Diff([]string{"image/png", "max-age=86400, must-revalidate"}, head); diff != "" {
			t.Errorf("%s: headers mismatch (-want +got):\n%s", name, diff)
		}
		if !bytes.Equal(got.Body, image) {
			t.Errorf("%s is not the one that was uploaded", name)
		}
	}

	api.Send("POST", logo(api, apitest.Acme), "image/png", image).Want(201)
	if again := api.Get("/tenants/" + apitest.Acme + "/brand").Text("/logotype"); again == first {
		t.Error("a second upload keeps the logotype, want a new one")
	}
	api.Put(brand(api, apitest.Acme), obj{"color": "000000"}).Want(200)
	api.Get("/tenants/" + apitest.Acme + "/brand/logo").Want(200)
	api.Put(brand(api, apitest.Acme), obj{"logotype": nil}).Want(200)
	api.Get("/tenants/"+apitest.Acme+"/brand/logo").Refused(404, 404)
}

func TestAnOwnBrandWithoutALogoBorrowsNone(t *testing.T) {
	t.Parallel()
	api := apitest.Start(t).Partner()
	api.Send("POST", logo(api, apitest.Acme), "image/png", picture(t)).Want(201)
	api.Get("/tenants/" + cedar + "/brand/logo").Want(200)
	api.Post(brand(api, cedar), nil).Want(201)
	api.Get("/tenants/"+cedar+"/brand/logo").Refused(404, 404)
}

func TestLogoRefusals(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	api := srv.Partner()
	image := picture(t)
	before := version(api, apitest.Acme)
	for name, tt := range map[string]struct {
		path, media  string
		body         []byte
		status, code int
	}{
		"an image of another format":     {logo(api, apitest.Acme), "image/png", []byte("GIF89a\x01\x00\x01\x00"), 400, 400},
		"a signature alone":              {logo(api, apitest.Acme), "image/png", image[:8], 400, 400},
		"a header that breaks off":       {logo(api, apitest.Acme), "image/png", image[:20], 400, 400},
		"an empty body":                  {logo(api, apitest.Acme), "image/png", []byte{}, 400, 400},
		"another media type":             {logo(api, apitest.Acme), "image/jpeg", image, 415, 415},
		"a form with a file":             {logo(api, apitest.Acme), "multipart/form-data; boundary=x", image, 415, 415},
		"an image that is too large":     {logo(api, apitest.Acme), "image/png", append(image[:len(image):len(image)], make([]byte, 5<<20)...), 413, 413},
		"no version":                     {"/tenants/" + apitest.Acme + "/brand/logo", "image/png", image, 400, 400},
		"a stale version":                {"/tenants/" + apitest.Acme + "/brand/logo?version=99", "image/png", image, 409, 1001},
		"a tenant without its own brand": {logo(api, cedar), "image/png", image, 400, 1027},
		"a customer":                     {logo(api, apitest.Harbor), "image/png", image, 400, 1027},
		"another partner":                {"/tenants/" + globex + "/brand/logo?version=1", "image/png", image, 403, 1002},
		"an unknown tenant":              {"/tenants/" + apitest.NoSuchID + "/brand/logo?version=1", "image/png", image, 404, 404},
	} {
		t.Run(name, func(t *testing.T) { api.In(t).Send("POST", tt.path, tt.media, tt.body).Refused(tt.status, tt.code) })
	}
	if after := version(api, apitest.Acme); after != before {
		t.Errorf("refused uploads took the version from %d to %d", before, after)
	}
	api.Get("/tenants/"+globex+"/brand/logo").Refused(403, 1002)
	api.Get("/tenants/"+oldMill+"/brand/logo").Refused(404, 404)
}

func TestALogoNeedsAContentLength(t *testing.T) {
	t.Parallel()
	srv := apitest.Start(t)
	image := picture(t)
	// A reader of unknown length is sent in chunks.
	body := io.MultiReader(bytes.NewReader(image))
	url := srv.URL + "/api/2" + logo(srv.Partner(), apitest.Acme)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, body)
	if err != nil {
		t.Fatalf("make the request: %v", err)
	}
	req.SetBasicAuth(apitest.PartnerClient, apitest.PartnerSecret)
	req.Header.Set("Content-Type", "image/png")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("send the request: %v", err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Errorf("close the answer: %v", err)
	}
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("POST logo in chunks: got %d, want 400", resp.StatusCode)
	}
}
