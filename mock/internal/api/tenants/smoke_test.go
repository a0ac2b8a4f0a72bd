package tenants_test
import ("testing";"github.com/tenantry/tenantry/mock/internal/apitest")
func TestSmoke(t *testing.T){
 srv:=apitest.Start(t)
 t.Logf("%s", srv.Partner().Get("/tenants/"+apitest.Acme+"?embed_path=true").Want(200).Body)
 t.Logf("%s", srv.Partner().Get("/tenants?limit=3&with_contacts=1&subtree_root_id="+apitest.Acme).Want(200).Body)
 t.Logf("%s", srv.Partner().Get("/search?text=har&tenant="+apitest.Acme).Want(200).Body)
}
