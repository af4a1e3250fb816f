/** What tells of what was done, loaded with the first deed or when somebody records. */
export { Echo } from './echo.tsx'
export { RecordDialogs } from './record.tsx'
export { noteAgreement, stop } from './recorder.ts'
