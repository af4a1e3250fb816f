export { SeamHttp as Seam } from '@seamapi/http'
