export { displayMetadata, jupyterDisplay, type DisplayMetadata, type MimeBundle } from "./bundle";
export { lossOf, withoutParams, type StepListener } from "./listener";
export { Output } from "./output";
export { Pace } from "./pace";
export { progress, type ProgressBar } from "./progress";
