package synology

import (
	"context"
	"encoding/json"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// Info asks for the domain's realm, controllers and service status. While the
// service is not running and says nothing of the domain, the error is
// models.ErrBusy.
func (b *Backend) Info(ctx context.Context) (models.DirectoryInfo, error) {
	data, err := b.call(ctx, methodInfo, b.host, nil)
	if err != nil {
		return models.DirectoryInfo{}, err
	}
	info, err := decodeInfo(data)
	return info, b.explain(methodInfo, b.host, err)
}

// decodeInfo reads the doubly wrapped answer (docs/dsm.md section 4.1; live sample).
func decodeInfo(data json.RawMessage) (models.DirectoryInfo, error) {
	answer := members(data)
	inner := answer.Object("data")
	basic := inner.Object("domainbasicinfo")
	info := models.DirectoryInfo{Realm: basic.Text("realm"), Workgroup: basic.Text("workgroup"), Status: answer.Text("status")}
	controllers, _ := inner.List("domaincontrollers")
	for _, raw := range controllers {
		dc := members(raw)
		controller := models.DomainController{Name: dc.Text("cn"), DN: models.DN(dc.Text("dn")), HostName: dc.Text("dnshostname")}
		roles, _ := dc.List("roles")
		for _, role := range roles {
			controller.Roles = append(controller.Roles, rawjson.Scalar(role))
		}
		info.Controllers = append(info.Controllers, controller)
	}
	switch {
	case info.Realm != "":
		info.BaseDN = baseDN(info)
		return info, nil
	case info.Status != "" && info.Status != "running":
		stopped := webclient.Fault(models.ErrBusy, "Directory Server is not running", "Start it in DSM's Package Center, or wait until it has started.")
		stopped.Server = "status " + info.Status
		return info, stopped
	default:
		return info, notUnderstood()
	}
}

// baseDN is made of the realm, as DSM does not send it (inferred); spelled as
// in the controllers' names where they lie in the domain.
func baseDN(info models.DirectoryInfo) models.DN {
	base := models.DNFromRealm(info.Realm)
	for _, dc := range info.Controllers {
		for at := dc.DN.Parent(); at != ""; at = at.Parent() {
			if at.Equal(base) {
				return at
			}
		}
	}
	return base
}
