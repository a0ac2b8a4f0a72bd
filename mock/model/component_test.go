package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/model"
)

func TestCredentialsLeaveTheURL(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ url, want string }{
		"key and secret go":                    {"amazon+s3://KEY:SECRET@host/bucket", "amazon+s3://host/bucket"},
		"a user alone goes":                    {"abgw://user@host:44445", "abgw://host:44445"},
		"a secret may hold an @":               {"s3://KEY:SE@CRET@host/bucket", "s3://host/bucket"},
		"a secret may hold a slash":            {"s3://KEY:SEC/RET@host/bucket", "s3://host/bucket"},
		"a URL without credentials stays":      {"acronis+fes://storage20.acronis.com:44445", "acronis+fes://storage20.acronis.com:44445"},
		"an @ in a path stays":                 {"https://host:443/a@b", "https://host:443/a@b"},
		"and one in a query":                   {"https://host/?at=a@b", "https://host/?at=a@b"},
		"what is no URL stays":                 {"KEY:SECRET@host", "KEY:SECRET@host"},
		"an address of version 6 keeps itself": {"s3://[2001:db8::1]:443/bucket", "s3://[2001:db8::1]:443/bucket"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := model.StripCredentials(tt.url); got != tt.want {
				t.Errorf("StripCredentials(%q) = %q, want %q", tt.url, got, tt.want)
			}
		})
	}
}

func TestWhoKeepsInfrastructure(t *testing.T) {
	t.Parallel()
	for kind, keeps := range map[model.TenantKind]bool{
		model.Root: true, model.Partner: true, model.Folder: true, model.Customer: false, model.Unit: false,
	} {
		if err := model.CheckKeeper(&model.Tenant{Kind: kind}); (err == nil) != keeps {
			t.Errorf("CheckKeeper of a %s = %v", kind, err)
		}
	}
}

func TestUniqueKeepsTheOrder(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"b", "a", "c"}, model.Unique([]string{"b", "a", "b", "c", "a"})); diff != "" {
		t.Errorf("Unique (-want +got):\n%s", diff)
	}
}
